package org.t5j.data.batch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.t5j.data.DataException;
import org.t5j.data.dataset.TrainingData;

/**
 * The endless stream of training batches: shuffled anew every epoch, bucketed by length and padded, or packed; the same for
 * the same data, settings and seed. Batches are made ahead by a thread of their own; {@link #position()} is that of the batches
 * handed out, whatever was made ahead.
 *
 * <pre>{@code
 * try (BatchStream stream = BatchStream.open(data, BatchConfig.of(32, seed), DataPosition.start())) {
 *     Batch batch = stream.next();
 *     DataPosition resumeHere = stream.position();
 * }
 * }</pre>
 *
 * <p>For one consumer thread.
 */
public final class BatchStream implements Batches, AutoCloseable {

    /** A batch with the position behind it, or what kept it from being made. */
    private record Made(Batch batch, DataPosition after, Throwable failure) {}

    private final BlockingQueue<Made> queue;
    private final Thread producer;
    private DataPosition position;
    private Throwable failure;
    private volatile boolean closed;

    private BatchStream(BatchSequence batches, int prefetch, DataPosition from) {
        queue = new ArrayBlockingQueue<>(prefetch);
        position = from;
        producer = new Thread(() -> produce(batches), "t5j-batches");
        producer.setDaemon(true);
        producer.start();
    }

    /**
     * Opens a stream.
     *
     * @param from {@link DataPosition#start()}, or where an earlier stream of the same data and settings stood
     * @throws DataException if the position belongs to other data or settings
     */
    public static BatchStream open(TrainingData data, BatchConfig config, DataPosition from) {
        return new BatchStream(new BatchSequence(data, config, from), config.prefetch(), from);
    }

    private void produce(BatchSequence batches) {
        try {
            while (!closed) {
                Batch batch = batches.next();
                queue.put(new Made(batch, batches.position(), null));
            }
        } catch (InterruptedException e) {
            // close() wants the thread to end
        } catch (Throwable e) {
            offerFailure(e);
        }
    }

    private void offerFailure(Throwable cause) {
        try {
            queue.put(new Made(null, null, cause));
        } catch (InterruptedException e) {
            // closed meanwhile: nobody asks any more
        }
    }

    /**
     * The next batch; waits until it is made.
     *
     * @throws DataException if it could not be made, with the reason; so does every later call
     */
    @Override
    public Batch next() {
        DataException.check(!closed, "The batch stream is closed. Open another at its position.");
        if (failure == null) {
            Made made = take();
            if (made.failure() == null) {
                position = made.after();
                return made.batch();
            }
            failure = made.failure();
        }
        String reason = failure instanceof DataException ? failure.getMessage() : failure.toString();
        throw new DataException("Making the batch after " + position + " failed: " + reason, failure);
    }

    private Made take() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("Interrupted while waiting for a batch.", e);
        }
    }

    /** Where the stream stands: behind the last batch that was handed out. */
    @Override
    public DataPosition position() {
        return position;
    }

    /** Ends the thread that makes batches. May be called more than once. */
    @Override
    public void close() {
        closed = true;
        producer.interrupt();
        try {
            producer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.clear();
    }
}
