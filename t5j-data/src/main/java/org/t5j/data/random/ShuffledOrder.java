package org.t5j.data.random;

/**
 * A random order of the examples of one epoch as a pure function of the position, in no memory and without replay: blocks
 * of neighbouring examples are put in random order, then the examples of each window of many blocks. What fits one window
 * is shuffled as a whole. Both orders are {@link FeistelPermutation}s, whose keys come from {@link CounterRandom}.
 */
public final class ShuffledOrder {

    /** Examples in a window, unless something else is said. */
    public static final int WINDOW = 65_536;

    /** Blocks that make up a window. */
    private static final int BLOCKS = 256;

    private final long size;
    private final int window;
    private final int block;
    private final long windowKey;
    private final long rotation;
    private final FeistelPermutation blocks;

    /**
     * @param random the numbers of this data set in this epoch
     * @param size number of examples, at least 1
     * @param window examples that are shuffled among each other, at least 1; memory or page cache should hold as many
     */
    public ShuffledOrder(CounterRandom random, long size, int window) {
        this.size = size;
        this.window = window;
        this.block = Math.max(window / BLOCKS, 1);
        this.windowKey = random.nextLong();
        this.rotation = random.nextLong(size);
        this.blocks = new FeistelPermutation(random.nextLong(), Math.max(size / block, 1));
    }

    /**
     * The example at a position.
     *
     * @param position 0 … size-1
     * @return 0 … size-1, another for every position
     */
    public long index(long position) {
        long shuffled = withinWindow(position);
        long number = shuffled / block;
        // Behind the last whole block some examples remain; the rotation makes them other ones in every epoch.
        long placed = number < size / block ? blocks.apply(number) * block + shuffled % block : shuffled;
        long rotated = placed + rotation;
        return rotated < size ? rotated : rotated - size;
    }

    private long withinWindow(long position) {
        long start = position / window * window;
        FeistelPermutation order =
                new FeistelPermutation(CounterRandom.mix(windowKey + start), Math.min(window, size - start));
        return start + order.apply(position - start);
    }
}
