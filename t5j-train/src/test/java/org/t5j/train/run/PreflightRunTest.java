package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.t5j.train.Fixtures;
import org.t5j.train.memory.Preflight;

/** What a run says of its memory before its first step. */
class PreflightRunTest {
    private static final Pattern ANSWERS = Pattern.compile("answers ([0-9.]+)");

    @TempDir
    Path directory;

    @Test
    void countsHowEachTaskWritesItsAnswers() {
        double greedy = answers("data.shuffleWindow=1000");
        assertThat(answers("data.tasks.0.generation={beams: 16, maxLength: 128}"))
                .isGreaterThan(2 * greedy);
        assertThat(answers("data.tasks.0.choices=[t, k, o, a, h, s, w, m, n, l, f, i, g, j]"))
                .isZero();
    }

    /** Megabytes. */
    private double answers(String setting) {
        Path pairs = Fixtures.pairs(directory.resolve("pairs.tsv"), 8);
        Logger logger = (Logger) LoggerFactory.getLogger(Preflight.class);
        ListAppender<ILoggingEvent> messages = new ListAppender<>();
        messages.start();
        logger.addAppender(messages);
        try {
            Training.of(Fixtures.fineTuning(pairs, pairs, "optim.totalSteps=1", "eval.examples=1", setting))
                    .run(directory.resolve("run-" + setting.length()), false);
        } finally {
            logger.detachAppender(messages);
        }
        assertThat(messages.list).hasSize(1);
        Matcher found = ANSWERS.matcher(messages.list.get(0).getFormattedMessage());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
}
