/**
 * Programs to start from: {@link org.t5j.examples.Pretrain}, {@link org.t5j.examples.FineTune} and {@link
 * org.t5j.examples.CustomTask}, each a {@code main} of one screen. What other programs would call belongs to the library
 * modules.
 */
package org.t5j.examples;
