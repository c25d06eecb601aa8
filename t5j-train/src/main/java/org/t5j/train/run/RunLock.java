package org.t5j.train.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.AtomicFile;
import org.t5j.core.checkpoint.CheckpointDirectory;

/** The right to write to a run directory, by a lock on its file {@code .lock}; a process that dies lets go of it. */
final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final int ATTEMPTS = 100;
    /** Locked files of this process: to close a second channel of one would let go of the lock, so none is opened. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final RunDirectory run;
    private final FileChannel channel;
    private final Object identity;

    private RunLock(RunDirectory run, FileChannel channel, Object identity) {
        this.run = run;
        this.channel = channel;
        this.identity = identity;
    }

    /** Makes the directory and locks it; see {@link RunDirectory#lock}. */
    static RunLock take(RunDirectory run) {
        if (!OURS.add(run.lockFile())) {
            throw refused(run);
        }
        RunLock lock = null;
        try {
            for (int i = 0; i < ATTEMPTS && lock == null; i++) {
                lock = attempt(run);
            }
            if (lock == null) {
                throw refused(run);
            }
            Files.createDirectories(run.checkpoints());
            CheckpointDirectory.recoverAll(run.checkpoints());
            return lock;
        } catch (IOException e) {
            closeQuietly(lock);
            throw new T5Exception(
                    "Cannot write to the run directory " + run.path() + ": " + FileFailure.reason(e)
                            + "; choose a place where you may make directories",
                    e);
        } finally {
            if (lock == null) {
                OURS.remove(run.lockFile());
            }
        }
    }

    private static T5Exception refused(RunDirectory run) {
        return new T5Exception("Another process trains in " + run.path() + "; wait for it or choose another directory");
    }

    /** Null where the file was deleted between opening and locking it, as by a run that could not begin. */
    private static RunLock attempt(RunDirectory run) throws IOException {
        FileChannel channel = null;
        RunLock lock = null;
        try {
            Files.createDirectories(run.path());
            channel = FileChannel.open(run.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Object identity = identity(run.lockFile());
            if (channel.tryLock() == null) {
                throw refused(run);
            }
            RunLock locked = new RunLock(run, channel, identity);
            lock = locked.isHeld() ? locked : null;
            return lock;
        } catch (NoSuchFileException deletedMeanwhile) {
            return null;
        } catch (OverlappingFileLockException byAnotherName) {
            throw refused(run);
        } finally {
            if (lock == null && channel != null) {
                channel.close();
            }
        }
    }

    /** What tells the file apart from another one of its name; null where the system cannot tell (Windows). */
    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private boolean isHeld() throws IOException {
        try {
            return Objects.equals(identity, identity(run.lockFile()));
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    /**
     * Checks that the directory is the one that was locked.
     *
     * @throws T5Exception where somebody deleted it or moved it away, so that nothing may be written there any more
     */
    void requireHeld() {
        boolean held;
        try {
            held = isHeld();
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + run.lockFile() + ": " + FileFailure.reason(e), e);
        }
        if (!held) {
            throw new T5Exception("The run directory " + run.path()
                    + " was deleted or moved away while the run went on, so that training stops and writes nothing more"
                    + " there. Resume it where it is now, or begin anew in another directory");
        }
    }

    void writeConfig(String yaml) {
        requireHeld();
        AtomicFile.write(run.config(), yaml);
    }

    /** Lets go; a directory in which no run began is removed again. */
    @Override
    public void close() {
        try (channel) {
            if (isHeld() && !Files.exists(run.config()) && run.steps().isEmpty()) {
                Files.deleteIfExists(run.checkpoints());
                Files.deleteIfExists(run.lockFile());
                Files.deleteIfExists(run.path());
            }
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} holds other files and stays", run.path());
        } catch (IOException e) {
            throw new T5Exception("Cannot unlock the run directory " + run.path() + ": " + FileFailure.reason(e), e);
        } finally {
            OURS.remove(run.lockFile());
        }
    }

    private static void closeQuietly(RunLock lock) {
        if (lock != null) {
            lock.close();
        }
    }
}
