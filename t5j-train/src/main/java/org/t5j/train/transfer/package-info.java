/**
 * Which parameters a run trains, and what it adds to the model to train instead of them: the transfer methods of the T5
 * study (section 3.5.1) and what came later. Start at {@link org.t5j.train.transfer.TransferConfig}; a new method is a
 * record and a line in {@link org.t5j.train.transfer.Transfers}.
 */
package org.t5j.train.transfer;
