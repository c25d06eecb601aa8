package org.t5j.data.preprocess;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * Text with places for columns, such as {@code "question: {question} context: {context}"}; two braces, {@code "{{"} or
 * {@code "}}"}, stand for one. Immutable.
 */
public final class Template {
    private final String text;
    /** What stands before, between and after the columns: one more than {@link #columns}. */
    private final List<String> literals = new ArrayList<>();

    private final List<String> columns = new ArrayList<>();

    private Template(String text) {
        this.text = text;
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '{' && c != '}') {
                literal.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == c) {
                literal.append(c);
                at++;
            } else {
                int end = text.indexOf('}', at + 1);
                DataException.check(
                        c == '{' && end > at + 1 && text.substring(at + 1, end).indexOf('{') < 0,
                        "The template \"%s\" has a brace without its partner around a column's name, at character %d. "
                                + "Write {column}, or {{ and }} for braces.",
                        text,
                        at + 1);
                literals.add(literal.toString());
                columns.add(text.substring(at + 1, end));
                literal.setLength(0);
                at = end;
            }
        }
        literals.add(literal.toString());
    }

    /** @throws DataException if a brace has no partner, or nothing is between them; the message says where */
    public static Template of(String text) {
        return new Template(text);
    }

    /** The template that is one column and nothing else, whatever characters its name has. */
    public static Template ofColumn(String column) {
        Template template = new Template("");
        template.literals.add("");
        template.columns.add(column);
        return template;
    }

    /** The columns it names, in their order. */
    public Set<String> columns() {
        return new LinkedHashSet<>(columns);
    }

    /**
     * The text for an example.
     *
     * @throws DataException if it has no such column; the message names those it has
     */
    public String fill(Example example) {
        StringBuilder filled = new StringBuilder(literals.get(0));
        for (int i = 0; i < columns.size(); i++) {
            filled.append(value(example, columns.get(i))).append(literals.get(i + 1));
        }
        return filled.toString();
    }

    private String value(Example example, String column) {
        String value = example.fields().get(column);
        DataException.check(
                value != null,
                "%s has no column '%s' for \"%s\"; %s. Name one of its columns, or write {{ and }} for braces.",
                example.origin(),
                column,
                this,
                example.lists().containsKey(column)
                        ? "it is a list of several texts"
                        : "its columns are " + example.fields().keySet());
        return value;
    }

    @Override
    public String toString() {
        return text.isEmpty() && columns.size() == 1 ? "{" + columns.get(0) + "}" : text;
    }
}
