package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/** Position biases of all distances from the table of buckets, and back; a few thousand numbers. */
final class CpuPositionBias {

    void forward(Tensor table, IntTensor buckets, Tensor out) {
        HostMemory from = hostMemory(table);
        HostMemory to = hostMemory(out);
        int heads = table.size(1);
        int distances = buckets.length();
        for (int h = 0; h < heads; h++) {
            for (int d = 0; d < distances; d++) {
                to.set((long) h * distances + d, from.get((long) buckets.get(d) * heads + h));
            }
        }
    }

    void backward(Tensor dBias, IntTensor buckets, Tensor dTable) {
        HostMemory from = hostMemory(dBias);
        HostMemory to = hostMemory(dTable);
        int heads = dTable.size(1);
        int distances = buckets.length();
        for (int h = 0; h < heads; h++) {
            for (int d = 0; d < distances; d++) {
                long at = (long) buckets.get(d) * heads + h;
                to.set(at, to.get(at) + from.get((long) h * distances + d));
            }
        }
    }
}
