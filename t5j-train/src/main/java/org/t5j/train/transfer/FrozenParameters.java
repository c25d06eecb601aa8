package org.t5j.train.transfer;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.t5j.core.T5Config;
import org.t5j.train.config.ConfigException;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** All parameters but those of some names. */
public record FrozenParameters(
        @Doc(
                "names of parameters that are not trained, * for any characters, such as encoder.*; bin/t5j inspect lists them")
        List<String> freeze,

        @Doc("of these, names of parameters that are trained all the same")
        List<String> except)
        implements TransferConfig {

    public FrozenParameters {
        Require.that(freeze != null && !freeze.isEmpty(), "freeze", "must name what is not trained", freeze);
        freeze = List.copyOf(freeze);
        except = except == null ? List.of() : List.copyOf(except);
    }

    @Override
    public Transfer of(T5Config model, Collection<String> parameters, long totalSteps) {
        List<Pattern> frozen = patterns("freeze", freeze, parameters);
        List<Pattern> trained = patterns("except", except, parameters);
        return (parameter, step) -> !matches(frozen, parameter) || matches(trained, parameter);
    }

    private static List<Pattern> patterns(String key, List<String> texts, Collection<String> parameters) {
        return texts.stream()
                .map(text -> {
                    Pattern pattern = Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"));
                    if (parameters.stream()
                            .noneMatch(name -> pattern.matcher(name).matches())) {
                        throw new ConfigException(
                                "transfer." + key + " holds \"" + text + "\", but no parameter is called so;"
                                        + " bin/t5j inspect lists their names, and * stands for any characters");
                    }
                    return pattern;
                })
                .toList();
    }

    private static boolean matches(List<Pattern> patterns, String parameter) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(parameter).matches());
    }
}
