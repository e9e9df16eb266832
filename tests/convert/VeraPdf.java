import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeSet;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

// Checks PDFs against one flavour ("2b", "2a", "2u", "ua1") and prints a line for each file, with the clauses it breaks.
//
// usage: java VeraPdf FLAVOUR FILE...      (exit 1 when a file breaks a clause)
public final class VeraPdf {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.fromString(arguments[0]);
        boolean good = true;
        for (int i = 1; i < arguments.length; i++) {
            good &= check(arguments[i], flavour);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean check(String file, PDFAFlavour flavour) throws Exception {
        try (InputStream bytes = new FileInputStream(file);
             PDFAParser parser = Foundries.defaultInstance().createParser(bytes, flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            TreeSet<String> broken = new TreeSet<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    broken.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber() + ": "
                               + assertion.getMessage());
                }
            }
            System.out.println(file + ": " + flavour.getId() + " "
                               + (result.isCompliant() ? "keeps" : "breaks " + String.join(" | ", broken)));
            return result.isCompliant();
        }
    }
}
