"""Makes tiny.msgpack with flax 0.12.8 (pip install flax): a T5X checkpoint, every array counting up from a number of its own."""
import numpy as np
from flax import serialization

V, D, F, INNER, HEADS = 8, 2, 3, 4, 2
target, states = {}, {}


def put(tree, path, value):
    *parents, last = path.split("/")
    for key in parents:
        tree = tree.setdefault(key, {})
    tree[last] = value


def add(path, *shape, start=0):
    values = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    put(target, path, start + values)
    unused = np.zeros(1, np.float32)
    put(states, path, {"m": unused, "v": values + np.float32(0.5), "v_row": unused, "v_col": unused})


def attention(path, start):
    for i, name in enumerate(("query", "key", "value")):
        add(f"{path}/{name}/kernel", D, INNER, start=start + 10 * i)
    add(f"{path}/out/kernel", INNER, D, start=start + 30)


def feed_forward(path, start):
    add(f"{path}/pre_mlp_layer_norm/scale", D, start=start)
    add(f"{path}/mlp/wi_0/kernel", D, F, start=start + 20)
    add(f"{path}/mlp/wi_1/kernel", D, F, start=start + 40)
    add(f"{path}/mlp/wo/kernel", F, D, start=start + 100)


add("token_embedder/embedding", V, D)
for i in range(2):
    add(f"encoder/layers_{i}/pre_attention_layer_norm/scale", D, start=1)
    attention(f"encoder/layers_{i}/attention", 100 + i)
    feed_forward(f"encoder/layers_{i}", 200 + i)
add("decoder/layers_0/pre_self_attention_layer_norm/scale", D, start=1)
attention("decoder/layers_0/self_attention", 300)
add("decoder/layers_0/pre_cross_attention_layer_norm/scale", D, start=1)
attention("decoder/layers_0/encoder_decoder_attention", 350)
feed_forward("decoder/layers_0", 400)
for stack in ("encoder", "decoder"):
    add(f"{stack}/relpos_bias/rel_embedding", HEADS, 32)
    add(f"{stack}/{stack}_norm/scale", D, start=1)
add("decoder/logits_dense/kernel", D, V)

tree = {"version": 3, "optimizer": {"state": {"step": np.int32(1000), "param_states": states}, "target": target}}
with open("tiny.msgpack", "wb") as file:
    file.write(serialization.msgpack_serialize(tree))
