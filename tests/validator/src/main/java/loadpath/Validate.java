package loadpath;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.utilities.npm.NpmPackage;

/**
 * Validates FHIR R4 JSON files with the HAPI instance validator, offline.
 *
 * <p>Usage: Validate [--package FILE.tgz]... [--definitions FOLDER]... [--warnings] FILE_OR_FOLDER...
 *
 * <p>Each resource, and each in a Bundle, is held to R4 and to the profiles its meta names. One line for every message
 * of severity error or fatal (and warning with --warnings), then "files N, resources N, errors N". Exit status 0 without
 * errors, 1 with errors, 2 when nothing could be validated.
 */
public final class Validate {

    private static final Set<String> KINDS = Set.of("StructureDefinition", "ValueSet", "CodeSystem", "Questionnaire");

    public static void main(String[] args) throws Exception {
        FhirContext fhir = FhirContext.forR4();
        PrePopulatedValidationSupport definitions = new DefinitionsAndForms(fhir);
        List<Path> inputs = new ArrayList<>();
        boolean warnings = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--package" -> loadPackage(fhir, definitions, Path.of(args[++i]));
                case "--definitions" -> loadFolder(fhir, definitions, Path.of(args[++i]));
                case "--warnings" -> warnings = true;
                default -> inputs.add(Path.of(args[i]));
            }
        }
        IValidationSupport chain = new ValidationSupportChain(
                definitions,
                new DefaultProfileValidationSupport(fhir),
                new CommonCodeSystemsTerminologyService(fhir),
                new InMemoryTerminologyServerValidationSupport(fhir),
                new SnapshotGeneratingValidationSupport(fhir),
                unknownSystemsAreWarnings(fhir));
        FhirInstanceValidator module = new FhirInstanceValidator(chain);
        module.setNoTerminologyChecks(false);
        FhirValidator validator = fhir.newValidator().registerValidatorModule(module);

        int files = 0;
        int resources = 0;
        int errors = 0;
        for (Path file : jsonFiles(inputs)) {
            files++;
            String text = Files.readString(file, StandardCharsets.UTF_8);
            errors += report(file + "", validator.validateWithResult(text).getMessages(), warnings);
            resources += contents(fhir.newJsonParser().parseResource(text));
        }
        System.out.println("files " + files + ", resources " + resources + ", errors " + errors);
        System.exit(files == 0 ? 2 : errors > 0 ? 1 : 0);
    }

    /** HAPI's own support keeps profiles, value sets and code systems; a form is found here by its address, too. */
    private static final class DefinitionsAndForms extends PrePopulatedValidationSupport {

        private final Map<String, IBaseResource> forms = new HashMap<>();

        DefinitionsAndForms(FhirContext fhir) {
            super(fhir);
        }

        @Override
        public void addResource(IBaseResource resource) {
            if (resource instanceof Questionnaire form) {
                forms.put(form.getUrl(), form);
            } else {
                super.addResource(resource);
            }
        }

        @Override
        public <T extends IBaseResource> T fetchResource(Class<T> kind, String address) {
            IBaseResource form = forms.get(address);
            return kind != null && kind.isInstance(form) ? kind.cast(form) : super.fetchResource(kind, address);
        }
    }

    private static UnknownCodeSystemWarningValidationSupport unknownSystemsAreWarnings(FhirContext fhir) {
        // SNOMED CT, LOINC and UCUM are not in these packages: their codes are checked by the project's own code table.
        UnknownCodeSystemWarningValidationSupport support = new UnknownCodeSystemWarningValidationSupport(fhir);
        support.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        return support;
    }

    private static int contents(IBaseResource parsed) {
        return parsed instanceof Bundle bundle ? bundle.getEntry().size() : 1;
    }

    private static int report(String where, List<SingleValidationMessage> messages, boolean warnings) {
        int errors = 0;
        for (SingleValidationMessage message : messages) {
            boolean error = message.getSeverity().ordinal() >= ca.uhn.fhir.validation.ResultSeverityEnum.ERROR.ordinal();
            errors += error ? 1 : 0;
            boolean warning = message.getSeverity() == ca.uhn.fhir.validation.ResultSeverityEnum.WARNING;
            if (error || (warnings && warning)) {
                System.out.println(
                        message.getSeverity() + " " + where + " " + message.getLocationString() + ": " + message.getMessage());
            }
        }
        return errors;
    }

    private static void loadPackage(FhirContext fhir, PrePopulatedValidationSupport into, Path file) throws Exception {
        try (InputStream in = new FileInputStream(file.toFile())) {
            NpmPackage npm = NpmPackage.fromPackage(in);
            for (String name : npm.list("package")) {
                String kind = name.split("-", 2)[0];
                if (name.endsWith(".json") && KINDS.contains(kind)) {
                    add(fhir, into, new String(npm.load("package", name).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static void loadFolder(FhirContext fhir, PrePopulatedValidationSupport into, Path folder) throws Exception {
        for (Path file : jsonFiles(List.of(folder))) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            for (String kind : KINDS) {
                if (text.contains("\"resourceType\": \"" + kind + "\"") || text.contains("\"resourceType\":\"" + kind + "\"")) {
                    add(fhir, into, text);
                    break;
                }
            }
        }
    }

    private static void add(FhirContext fhir, PrePopulatedValidationSupport into, String json) {
        IBaseResource resource = fhir.newJsonParser().parseResource(json);
        into.addResource(resource);
    }

    private static List<Path> jsonFiles(List<Path> inputs) throws Exception {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            try (Stream<Path> walk = Files.walk(input)) {
                walk.filter(p -> p.toString().endsWith(".json")).sorted().forEach(files::add);
            }
        }
        return files;
    }
}
