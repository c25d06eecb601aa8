package org.t5j.core.kernel.cpu;

/** The Vector API keeps the contract of {@link Lanes}. */
class VectorLanesTest extends LanesAllocationContract {
    @Override
    Lanes create() {
        return LanesKind.VECTOR.create();
    }

    @Override
    double expTolerance(float x) {
        return 3e-7;
    }
}
