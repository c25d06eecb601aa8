package org.t5j.examples;

import java.util.List;
import java.util.regex.Pattern;

/** The imports that a page shows before its Java, and those that the test with the same Java has for it. */
final class JavaOfPages {
    private static final String BLOCK = "```java\n";

    private JavaOfPages() {}

    /** The lines of the page's block of imports. */
    static List<String> importsShown(String page) {
        String imports = page.substring(page.indexOf(BLOCK + "import ") + BLOCK.length());
        return imports.substring(0, imports.indexOf("```")).lines().toList();
    }

    /** Those imports of {@code source} whose class {@code code} names. */
    static List<String> importsNeeded(String source, String code) {
        return source.lines()
                .filter(line -> line.startsWith("import ") && !line.startsWith("import static "))
                .filter(line -> names(code, line.replaceAll(".*\\.|;", "")))
                .toList();
    }

    private static boolean names(String code, String type) {
        return Pattern.compile("\\b" + type + "\\b").matcher(code).find();
    }
}
