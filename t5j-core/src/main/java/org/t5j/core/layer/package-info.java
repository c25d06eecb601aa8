/**
 * The layers of T5, each with its forward pass above its backward pass. Read {@link org.t5j.core.layer.Stack}, an encoder
 * or a decoder, then what it is made of, from {@link org.t5j.core.layer.Block} on.
 *
 * <p>A layer owns parameters and nothing else: memory and dropout come from the {@link org.t5j.core.layer.Step}, and
 * what the backward pass needs is returned by the forward pass as a record. No layer calls ND4J.
 */
package org.t5j.core.layer;
