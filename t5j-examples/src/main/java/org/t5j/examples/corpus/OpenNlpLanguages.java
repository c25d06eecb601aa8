package org.t5j.examples.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.t5j.data.DataException;
import org.t5j.data.clean.LanguageDetector;
import org.t5j.tokenizer.FileReason;
import org.t5j.train.config.ConfigException;

/**
 * Apache OpenNLP's detector of 103 languages, on the first {@value #CHARACTERS} characters of a text.
 *
 * <p>Its probabilities are means over n-grams, hardly ever above 0.3, where those of langdetect, which C4 used, are
 * products, hardly ever below 0.99. So they are raised to the power {@value #SHARPNESS} and normalised again: then English
 * of 500 characters has more than 0.999, and C4's limit of 0.99 means what it meant.
 */
public final class OpenNlpLanguages implements LanguageDetector {
    private static final String MODEL = "/langdetect-183.bin";
    private static final int CHARACTERS = 1000;
    private static final int SHARPNESS = 8;
    /** ISO 639-3 → ISO 639-1. */
    private static final Map<String, String> SHORT = shortCodes();

    private final Set<String> known;
    private final ThreadLocal<LanguageDetectorME> detectors;

    private OpenNlpLanguages(LanguageDetectorModel model) {
        known = Stream.of(new LanguageDetectorME(model).getSupportedLanguages())
                .map(code -> SHORT.getOrDefault(code, code))
                .collect(Collectors.toCollection(TreeSet::new));
        detectors = ThreadLocal.withInitial(() -> new LanguageDetectorME(model));
    }

    /** Reads the model, which takes some tenths of a second. */
    public static OpenNlpLanguages load() {
        try (InputStream in = LanguageDetectorME.class.getResourceAsStream(MODEL)) {
            DataException.check(in != null, "The class path lacks opennlp-models-langdetect, which holds %s.", MODEL);
            return new OpenNlpLanguages(new LanguageDetectorModel(in));
        } catch (IOException e) {
            throw new DataException("Cannot read the model of languages: " + FileReason.of(e), e);
        }
    }

    /** @throws ConfigException if no text is ever of that language, an ISO 639 code */
    public void requireKnown(String language) {
        if (!known.contains(language)) {
            throw new ConfigException("clean.languages (--languages) names '" + language
                    + "', which is no language that is told apart. Known: " + String.join(", ", known));
        }
    }

    private static Map<String, String> shortCodes() {
        Map<String, String> codes = Stream.of(Locale.getISOLanguages())
                .filter(code -> !iso3(code).isEmpty())
                .collect(Collectors.toMap(OpenNlpLanguages::iso3, code -> code, (first, second) -> first));
        codes.put("cmn", "zh");
        codes.put("pes", "fa");
        codes.put("ekk", "et");
        codes.put("lvs", "lv");
        codes.put("nob", "no");
        codes.put("plt", "mg");
        return codes;
    }

    private static String iso3(String code) {
        try {
            return Locale.forLanguageTag(code).getISO3Language();
        } catch (MissingResourceException e) {
            return "";
        }
    }

    @Override
    public Guess detect(String text) {
        Language[] languages = detectors.get().predictLanguages(text.substring(0, Math.min(CHARACTERS, text.length())));
        double sum = 0;
        for (Language language : languages) {
            sum += Math.pow(language.getConfidence(), SHARPNESS);
        }
        String code = languages[0].getLang();
        return new Guess(SHORT.getOrDefault(code, code), Math.pow(languages[0].getConfidence(), SHARPNESS) / sum);
    }
}
