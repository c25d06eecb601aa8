"""Records umt5_tiny, ul2_tiny and shared_tiny with Hugging Face's transformers 5.18 and torch 2.13: run it in this folder.

shared_tiny is a T5 whose decoder uses the encoder's own parameters, as Mesh TensorFlow's bi_v1_shared.gin does; its
weights are written as an ordinary T5's, every shared one twice. Transformers 5.18 scales the output of every umT5; the
published ones are untied and not scaled (as in transformers 4), which is what is recorded.
"""
import json, os
import torch
from safetensors.torch import save_file
from transformers import T5Config, T5ForConditionalGeneration, UMT5Config, UMT5ForConditionalGeneration

COMMON = dict(vocab_size=96, d_model=24, d_kv=5, d_ff=40, num_heads=4, relative_attention_num_buckets=16,
              relative_attention_max_distance=32, dropout_rate=0.0, decoder_start_token_id=0)


def share(model):
    encoder, decoder = model.encoder, model.decoder
    for e, d in zip(encoder.block, decoder.block):
        for name in "qkvo":
            getattr(d.layer[0].SelfAttention, name).weight = getattr(e.layer[0].SelfAttention, name).weight
        d.layer[0].layer_norm.weight = e.layer[0].layer_norm.weight
        d.layer[2] = e.layer[1]
    d, e = decoder.block[0].layer[0].SelfAttention, encoder.block[0].layer[0].SelfAttention
    d.relative_attention_bias.weight = e.relative_attention_bias.weight
    decoder.final_layer_norm.weight = encoder.final_layer_norm.weight


def untie(model):
    model.lm_head.weight = torch.nn.Parameter(torch.randn_like(model.lm_head.weight))


def record(name, model, config, extra):
    model.eval()
    with torch.no_grad():
        for p in model.parameters():
            if p.dim() == 1:
                p.copy_(1 + 0.2 * torch.randn_like(p))
    ids = torch.randint(3, 96, (3, 40))
    mask = torch.ones_like(ids)
    for row, length in enumerate((40, 29, 7)):
        ids[row, length - 1] = 1
        ids[row, length:] = 0
        mask[row, length:] = 0
    labels = torch.randint(3, 96, (3, 21))
    for row, length in enumerate((21, 13, 5)):
        labels[row, length - 1] = 1
        labels[row, length:] = -100
    decoder_ids = torch.zeros_like(labels)
    decoder_ids[:, 1:] = labels[:, :-1].clamp(min=0)
    out = model(input_ids=ids, attention_mask=mask, decoder_input_ids=decoder_ids, labels=labels)
    out.loss.backward()
    tensors = dict(input_ids=ids, attention_mask=mask, labels=labels, decoder_input_ids=decoder_ids,
                   decoder_attention_mask=torch.ones_like(labels), logits=out.logits, loss=out.loss,
                   encoder_last_hidden_state=out.encoder_last_hidden_state)
    for n, p in model.named_parameters():
        tensors["grad." + n] = p.grad
    greedy = model.generate(input_ids=ids, attention_mask=mask, max_new_tokens=12, use_cache=False, do_sample=False)
    beams = model.generate(input_ids=ids, attention_mask=mask, max_new_tokens=12, use_cache=False, num_beams=4, do_sample=False)
    tensors.update(greedy=greedy, beams=beams)
    os.makedirs(name, exist_ok=True)
    save_file({k: v.detach().clone().contiguous() for k, v in tensors.items()}, name + "/forward.safetensors")
    weights = {k: v.clone().contiguous() for k, v in model.state_dict().items() if "embed_tokens" not in k}
    if config["tie_word_embeddings"]:
        weights.pop("lm_head.weight")
    save_file(weights, name + "/model.safetensors", metadata={"format": "pt"})
    with open(name + "/config.json", "w") as f:
        json.dump({**config, **extra}, f, indent=2)
        f.write("\n")


torch.manual_seed(6)
config = dict(COMMON, num_layers=3, num_decoder_layers=2, feed_forward_proj="gated-gelu", tie_word_embeddings=False)
model = UMT5ForConditionalGeneration(UMT5Config(**config))
model.config.tie_word_embeddings = False
untie(model)
record("umt5_tiny", model, config, dict(model_type="umt5", architectures=["UMT5ForConditionalGeneration"]))

config = dict(COMMON, num_layers=2, num_decoder_layers=3, feed_forward_proj="gated-silu", tie_word_embeddings=False)
model = T5ForConditionalGeneration(T5Config(**config))
assert not model.config.scale_decoder_outputs
untie(model)
record("ul2_tiny", model, config, dict(model_type="t5", architectures=["T5ForConditionalGeneration"]))

config = dict(COMMON, num_layers=2, num_decoder_layers=2, feed_forward_proj="relu", tie_word_embeddings=True)
model = T5ForConditionalGeneration(T5Config(**config))
share(model)
record("shared_tiny", model, config, dict(model_type="t5", architectures=["T5ForConditionalGeneration"],
                                          t5j_shared_encoder_decoder=True))
