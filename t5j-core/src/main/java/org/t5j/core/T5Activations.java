package org.t5j.core;

import java.util.List;

/**
 * What a forward pass computed on its way, copied to the host in row-major order: for comparing models and for looking
 * inside one. A decoder without an encoder reads inputs and targets as one sequence: all of the encoder is then empty, and
 * for {@code targetLength} stands the length of both together, the padding behind the targets.
 *
 * @param encoderHiddenStates the embedding, the output of every block but the last, the result after the final norm;
 *     {@code [size, inputLength, dModel]} each, as Hugging Face lists them
 * @param decoderHiddenStates the same of the decoder, {@code [size, targetLength, dModel]}
 * @param encoderAttentions softmax weights of every block, {@code [size, heads, inputLength, inputLength]}
 * @param decoderAttentions {@code [size, heads, targetLength, targetLength]}
 * @param crossAttentions {@code [size, heads, targetLength, inputLength]}
 * @param encoderPositionBias {@code [heads, inputLength, inputLength]}
 * @param decoderPositionBias {@code [heads, targetLength, targetLength]}, not masked
 * @param logits {@code [size, targetLength, vocabSize]}
 */
public record T5Activations(
        List<float[]> encoderHiddenStates,
        List<float[]> decoderHiddenStates,
        List<float[]> encoderAttentions,
        List<float[]> decoderAttentions,
        List<float[]> crossAttentions,
        float[] encoderPositionBias,
        float[] decoderPositionBias,
        float[] logits) {}
