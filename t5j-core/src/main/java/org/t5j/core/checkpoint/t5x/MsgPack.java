package org.t5j.core.checkpoint.t5x;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.core.checkpoint.Dtype;

/**
 * Reads a tree that flax has written as msgpack ({@code flax/serialization.py}): maps, numbers, texts and arrays. Values
 * of arrays stay in the file. Whatever the bytes are, no more memory is taken than they account for.
 */
final class MsgPack {
    private static final int MAX_DEPTH = 64;
    private static final int NDARRAY = 1;
    private static final int SCALAR = 3;
    private static final String CHUNKED = "__msgpack_chunked_array__";

    private final ByteFile file;

    private MsgPack(ByteFile file) {
        this.file = file;
    }

    /** Bytes that are no text. */
    private record Binary(long start, long bytes) {}

    /** What the file holds, to its last byte: maps, {@link NumpyArray}s, lists, numbers, texts, booleans and nulls. */
    static Object read(ByteFile file) {
        Object tree = new MsgPack(file).value(0);
        if (file.remaining() > 0) {
            throw file.damaged(file.remaining() + " bytes too many");
        }
        return tree;
    }

    private Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw file.damaged("more than " + MAX_DEPTH + " levels");
        }
        int code = file.next();
        if (code < 0x80 || code >= 0xe0) {
            return (long) (byte) code;
        } else if (code < 0x90) {
            return map(code & 0xf, depth);
        } else if (code < 0xa0) {
            return list(code & 0xf, depth);
        } else if (code < 0xc0) {
            return file.nextText(code & 0x1f);
        }
        return switch (code) {
            case 0xc0 -> null;
            case 0xc2, 0xc3 -> code == 0xc3;
            case 0xc4, 0xc5, 0xc6 -> binary(length(code - 0xc4));
            case 0xc7, 0xc8, 0xc9 -> extension(length(code - 0xc7), depth);
            case 0xca -> (double) Float.intBitsToFloat((int) file.nextNumber(4));
            case 0xcb -> Double.longBitsToDouble(file.nextNumber(8));
            case 0xcc, 0xcd, 0xce, 0xcf -> file.nextNumber(1 << code - 0xcc);
            case 0xd0 -> (long) (byte) file.nextNumber(1);
            case 0xd1 -> (long) (short) file.nextNumber(2);
            case 0xd2 -> (long) (int) file.nextNumber(4);
            case 0xd3 -> file.nextNumber(8);
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1 << code - 0xd4, depth);
            case 0xd9, 0xda, 0xdb -> file.nextText(length(code - 0xd9));
            case 0xdc, 0xdd -> list(length(code - 0xdb), depth);
            case 0xde, 0xdf -> map(length(code - 0xdd), depth);
            default -> throw file.damaged("the unknown code " + code);
        };
    }

    private long length(int power) {
        return file.nextNumber(1 << power);
    }

    private Binary binary(long length) {
        return new Binary(file.skip(length), length);
    }

    private List<Object> list(long length, int depth) {
        List<Object> list = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Object map(long length, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (long i = 0; i < length; i++) {
            if (!(value(depth + 1) instanceof String key)) {
                throw file.damaged("a map whose keys are not all texts");
            }
            if (map.containsKey(key)) {
                throw file.damaged("\"" + key + "\" a second time");
            }
            map.put(key, value(depth + 1));
        }
        return map.containsKey(CHUNKED) ? joined(map) : map;
    }

    private Object extension(long length, int depth) {
        int type = (byte) file.next();
        long end = file.position() + length;
        if (type != NDARRAY && type != SCALAR) {
            throw file.damaged("an extension of type " + type + ", which is no array");
        }
        if (value(depth + 1) instanceof List<?> list
                && file.position() == end
                && list.size() == 3
                && list.get(0) instanceof List<?> shape
                && list.get(1) instanceof String dtype
                && list.get(2) instanceof Binary values) {
            return new NumpyArray(
                    file, dtype(dtype), sizes(shape), List.of(new NumpyArray.Part(values.start(), values.bytes())));
        }
        throw file.damaged("an array without shape, type and values");
    }

    /** An array above flax's limit of 1 GiB: a map of its shape and of flat pieces, in order under "0", "1", …. */
    private NumpyArray joined(Map<String, Object> map) {
        List<NumpyArray.Part> parts = new ArrayList<>();
        Dtype dtype = null;
        for (Object piece : inOrder(map.get("chunks"))) {
            if (!(piece instanceof NumpyArray array) || dtype != null && array.dtype() != dtype) {
                throw file.damaged("an array in pieces of different kinds");
            }
            dtype = array.dtype();
            parts.addAll(array.parts());
        }
        if (dtype == null) {
            throw file.damaged("an array in no pieces");
        }
        return new NumpyArray(file, dtype, sizes(inOrder(map.get("shape"))), parts);
    }

    private List<?> inOrder(Object pieces) {
        if (!(pieces instanceof Map<?, ?> map)) {
            throw file.damaged("an array in pieces without shape or pieces");
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            list.add(map.get(Integer.toString(i)));
        }
        return list;
    }

    private List<Long> sizes(List<?> shape) {
        List<Long> sizes = new ArrayList<>();
        for (Object size : shape) {
            if (!(size instanceof Long)) {
                throw file.damaged("an array of shape " + shape);
            }
            sizes.add((Long) size);
        }
        return sizes;
    }

    private Dtype dtype(String name) {
        return NumpyType.named(name).orElseThrow(() -> file.damaged("an array of the unknown type \"" + name + "\""));
    }
}
