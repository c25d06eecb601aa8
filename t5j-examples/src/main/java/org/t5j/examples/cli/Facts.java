package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** Prints a JSON object as it is, or as lines of names and values for people. */
final class Facts {
    private static final int NAME_WIDTH = 28;

    private Facts() {}

    static void print(PrintWriter out, ObjectNode facts, boolean json) {
        if (json) {
            out.println(facts);
            return;
        }
        facts.properties().forEach(fact -> {
            String value = fact.getValue().isValueNode()
                    ? fact.getValue().asText()
                    : fact.getValue().toString();
            out.printf("%-" + NAME_WIDTH + "s %s%n", fact.getKey(), value);
        });
    }
}
