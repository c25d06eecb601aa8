package org.t5j.examples.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets a command take its arguments as SentencePiece's C++ programs do: one dash is as good as two, and a switch may have
 * a word for on or off after it. Beyond that a hyphen in a name may stand for an underscore.
 */
final class SpmFlags implements IParameterPreprocessor {
    private static final Set<String> ON = Set.of("1", "t", "true", "y", "yes");
    private static final Set<String> OFF = Set.of("0", "f", "false", "n", "no");
    private static final String END_OF_OPTIONS = "--";

    @Override
    public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
        List<String> rewritten = rewrite(args, command.optionsMap());
        Collections.reverse(rewritten);
        args.addAll(rewritten);
        return false;
    }

    private static List<String> rewrite(Stack<String> args, Map<String, OptionSpec> options) {
        List<String> rewritten = new ArrayList<>();
        while (!args.isEmpty() && !args.peek().equals(END_OF_OPTIONS)) {
            String argument = args.pop();
            int equals = argument.indexOf('=');
            String name = name(equals < 0 ? argument : argument.substring(0, equals), options);
            if (name == null) {
                rewritten.add(argument);
                continue;
            }
            String value = equals < 0 ? null : argument.substring(equals + 1);
            if (isSwitch(options.get(name))) {
                boolean wordFollows = value == null && !args.isEmpty() && isWord(args.peek());
                value = word(wordFollows ? args.pop() : value);
            }
            rewritten.add(value == null ? name : name + "=" + value);
        }
        while (!args.isEmpty()) {
            rewritten.add(args.pop());
        }
        return rewritten;
    }

    /** The name of the option that is meant, or null if there is none. */
    private static String name(String written, Map<String, OptionSpec> options) {
        if (!written.startsWith("-") || options.containsKey(written)) {
            return options.containsKey(written) ? written : null;
        }
        String bare = written.substring(written.startsWith("--") ? 2 : 1);
        for (String name : List.of("--" + bare, "--" + bare.replace('-', '_'))) {
            if (options.containsKey(name)) {
                return name;
            }
        }
        return null;
    }

    private static boolean isSwitch(OptionSpec option) {
        boolean isBoolean = option.type() == boolean.class || option.type() == Boolean.class;
        return isBoolean && option.arity().max() == 1;
    }

    private static boolean isWord(String argument) {
        String lower = argument.toLowerCase(Locale.ROOT);
        return ON.contains(lower) || OFF.contains(lower);
    }

    /** What picocli understands; a word that is none stays, to be refused. */
    private static String word(String value) {
        if (value == null || value.isEmpty()) {
            return "true";
        }
        return isWord(value) ? Boolean.toString(ON.contains(value.toLowerCase(Locale.ROOT))) : value;
    }
}
