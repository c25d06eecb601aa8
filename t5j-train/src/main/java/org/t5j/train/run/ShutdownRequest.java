package org.t5j.train.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the end of the JVM (Ctrl-C, SIGTERM, {@code System.exit}) into the wish that training stops after the step it is
 * at, and holds the JVM up until that step is saved.
 */
final class ShutdownRequest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownRequest.class);
    private static final long PATIENCE_MINUTES = 5;

    private final CountDownLatch saved = new CountDownLatch(1);
    private final Thread hook = new Thread(this::awaitSaved, "t5j-save-before-exit");
    private volatile boolean requested;

    /** Listens until closed. */
    static ShutdownRequest listen() {
        ShutdownRequest request = new ShutdownRequest();
        Runtime.getRuntime().addShutdownHook(request.hook);
        return request;
    }

    boolean requested() {
        return requested;
    }

    private void awaitSaved() {
        requested = true;
        LOG.warn("Interrupted: training stops after this step and saves a checkpoint");
        try {
            if (!saved.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                LOG.warn(
                        "The step did not end within {} minutes; what came after the last checkpoint is lost",
                        PATIENCE_MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be called when training has ended and saved, or failed. */
    @Override
    public void close() {
        saved.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                LOG.debug("The JVM began to end when training did");
            }
        }
    }
}
