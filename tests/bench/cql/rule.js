// Bundle files -> seconds of one evaluation of rule.json in cql-execution, as JSON on stdout. rule.json is ELM by hand
// for: exists [Observation] O where exists (O.code.coding C where C.code = '38264-8') and O.value < -1.0
const fs = require("fs");
const cql = require("cql-execution");
const fhir = require("cql-exec-fhir");

const library = new cql.Library(JSON.parse(fs.readFileSync(`${__dirname}/rule.json`, "utf8")));
const rule = "Hip T-score below -1.0";

const source = fhir.PatientSource.FHIRv401(); // reads its model once, as a server would
const executor = new cql.Executor(library);

async function evaluate(bundle) {
  source.reset();
  source.loadBundles([bundle]);
  const found = await executor.exec(source);
  return Object.values(found.patientResults)[0][rule];
}

async function seconds(bundle, rounds) {
  if ((await evaluate(bundle)) !== true) throw new Error("the rule does not hold for this record");
  const times = [];
  for (let round = 0; round < 20 * rounds; round++) {
    const began = process.hrtime.bigint();
    await evaluate(bundle);
    times.push(Number(process.hrtime.bigint() - began) / 1e9);
  }
  return Math.min(...times); // as in derivation.py: what else the machine does only adds
}

async function main() {
  const [rounds, ...files] = process.argv.slice(2);
  const found = {};
  for (const file of files) found[file] = await seconds(JSON.parse(fs.readFileSync(file, "utf8")), Number(rounds));
  console.log(JSON.stringify(found));
}

main().catch((error) => { console.error(error.message); process.exit(1); });
