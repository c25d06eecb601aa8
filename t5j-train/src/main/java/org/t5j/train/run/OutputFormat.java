package org.t5j.train.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.t5j.core.decode.Generated;

/** How an output is shown. */
public enum OutputFormat {
    /** The text alone. */
    TEXT {
        @Override
        public String of(String input, String text, Generated output) {
            return text;
        }
    },
    /** A JSON object: input, output, score, finished, ids. */
    JSON {
        @Override
        public String of(String input, String text, Generated output) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("input", input);
            line.put("output", text);
            line.put("score", output.score());
            line.put("finished", output.finished());
            line.set("ids", MAPPER.valueToTree(output.tokens()));
            return line.toString();
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @param text of {@code output}, which may have line breaks */
    public abstract String of(String input, String text, Generated output);
}
