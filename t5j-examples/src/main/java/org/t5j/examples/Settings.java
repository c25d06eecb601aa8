package org.t5j.examples;

import java.util.ArrayList;
import java.util.List;

/** Settings of {@link org.t5j.train.setup.TrainConfig} put together in code. */
final class Settings {
    private Settings() {}

    /** The example's own settings, then those of the user, which win. */
    static List<String> join(List<String> users, String... own) {
        List<String> all = new ArrayList<>(List.of(own));
        all.addAll(users);
        return all;
    }
}
