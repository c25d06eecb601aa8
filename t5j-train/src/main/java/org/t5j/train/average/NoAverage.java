package org.t5j.train.average;

/** The weights as they are. */
public record NoAverage() implements AverageConfig {

    @Override
    public boolean hasBegun(long step) {
        return false;
    }

    @Override
    public double share(long step) {
        return 1;
    }
}
