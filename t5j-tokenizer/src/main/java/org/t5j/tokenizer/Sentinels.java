package org.t5j.tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.t5j.tokenizer.model.ModelProto;

/** Ids and names of a vocabulary's sentinels. Immutable. */
final class Sentinels {

    private final int[] ids;
    private final List<String> addedNames;
    private final Map<String, Integer> addedIds = new HashMap<>();

    private Sentinels(int[] ids, List<String> addedNames) {
        this.ids = ids;
        this.addedNames = addedNames;
        for (int i = 0; i < addedNames.size(); i++) {
            addedIds.put(addedNames.get(i), ids[ids.length - 1 - i]);
        }
    }

    /** {@code count} ids that follow the pieces, the highest index first. */
    static Sentinels following(int pieces, int count) {
        return new Sentinels(
                IntStream.range(0, count).map(i -> pieces + count - 1 - i).toArray(),
                IntStream.range(0, count)
                        .mapToObj(i -> SpecialTokens.sentinel(count - 1 - i))
                        .toList());
    }

    /** The pieces of {@code model} that are sentinels. */
    static Sentinels heldBy(ModelProto model) {
        int[] ids = new int[model.sentinelCount()];
        Map<String, Integer> names = new HashMap<>();
        IntStream.range(0, ids.length).forEach(i -> names.put(ModelProto.sentinelPiece(i), i));
        for (int id = 0; id < model.pieces().size() && ids.length > 0; id++) {
            Integer index = names.get(model.pieces().get(id).text());
            if (index != null) {
                ids[index] = id;
            }
        }
        return new Sentinels(ids, List.of());
    }

    int count() {
        return ids.length;
    }

    /** The id of the sentinel {@code index}. */
    int id(int index) {
        if (index < 0 || index >= ids.length) {
            throw new TokenizerException("There is no sentinel " + index + "; the tokenizer has " + ids.length
                    + ", counted from 0. Load it with more extraIds or mask fewer spans");
        }
        return ids[index];
    }

    /** Names of the ids that follow the pieces of the model; the lowest id first. */
    List<String> addedNames() {
        return addedNames;
    }

    /** The id that follows the pieces and has this name, or -1. */
    int addedId(String name) {
        return addedIds.getOrDefault(name, -1);
    }
}
