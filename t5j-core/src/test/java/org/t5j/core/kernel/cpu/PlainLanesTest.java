package org.t5j.core.kernel.cpu;

/** {@link PlainLanes} keep the contract of {@link Lanes}. */
class PlainLanesTest extends LanesAllocationContract {
    @Override
    Lanes create() {
        return LanesKind.PLAIN.create();
    }

    @Override
    double expTolerance(float x) {
        return 3e-6 * Math.exp(-x / 8);
    }
}
