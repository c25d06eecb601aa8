package org.t5j.tokenizer.train;

/** Is told how far a training has come, from time to time, by the thread that trains. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (stage, done, total) -> {};

    /**
     * @param stage what is being done, such as {@code lines read}
     * @param done how much of it is done
     * @param total how much there is to do, or -1 if that is not known
     */
    void report(String stage, long done, long total);
}
