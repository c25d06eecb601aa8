/**
 * The training loop.
 */
package org.t5j.train;
