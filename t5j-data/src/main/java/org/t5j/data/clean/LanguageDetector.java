package org.t5j.data.clean;

/**
 * Tells the language of a text. This module has no detector of its own, for the sake of its dependencies; {@code
 * t5j-examples} has one. Safe for use by many threads.
 */
@FunctionalInterface
public interface LanguageDetector {

    /**
     * The most likely language.
     *
     * @param code ISO 639-1 where there is one ({@code en}), else ISO 639-3
     * @param probability 0 … 1
     */
    record Guess(String code, double probability) {}

    Guess detect(String text);
}
