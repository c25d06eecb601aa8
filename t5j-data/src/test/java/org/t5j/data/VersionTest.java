package org.t5j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The version that t5j tells is the one that it is built as. */
class VersionTest {
    @Test
    void theNumberIsThatOfTheBuild() throws IOException {
        Matcher pom = Pattern.compile("<artifactId>t5j-parent</artifactId>\\s*<version>([^<-]+)(-SNAPSHOT)?</version>")
                .matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(pom.find()).isTrue();
        assertThat(Version.NUMBER).isEqualTo(pom.group(1));
        assertThat(Version.T5J).isEqualTo("t5j " + pom.group(1));
    }
}
