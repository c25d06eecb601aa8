"""Records LoRA as Hugging Face's peft computes it (peft 0.21.0, transformers 5.18.0, torch 2.13.0), on the model v11_tiny:
    python make.py
"""
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import T5ForConditionalGeneration

torch.manual_seed(1)
base = T5ForConditionalGeneration.from_pretrained("../v11_tiny").eval()
config = LoraConfig(r=3, lora_alpha=6, lora_dropout=0.0, target_modules=["q", "v", "o"], init_lora_weights=False)
model = get_peft_model(base, config).eval()
vocabulary = base.config.vocab_size
inputs = torch.randint(2, vocabulary, (3, 9))
mask = torch.ones_like(inputs)
inputs[1, 6:], mask[1, 6:] = 0, 0
labels = torch.randint(2, vocabulary, (3, 5))
labels[2, 3:] = -100

output = model(input_ids=inputs, attention_mask=mask, labels=labels)
output.loss.backward()
recorded = {
    "input_ids": inputs.int(),
    "attention_mask": mask.int(),
    "labels": labels.int(),
    "loss": output.loss.detach().reshape(1),
    "logits": output.logits.detach(),
}
names = {}
for name, parameter in model.named_parameters():
    if "lora_" in name:
        names[name] = name.removeprefix("base_model.model.").replace(".default.", ".")
        recorded[names[name]] = parameter.detach().contiguous().clone()
        recorded["gradient." + names[name]] = parameter.grad.contiguous().clone()
merged = model.merge_and_unload()
for name, parameter in merged.named_parameters():
    a = name.replace(".weight", ".lora_A.weight")
    if a in recorded:
        recorded["merged." + name] = parameter.detach().contiguous().clone()
recorded["merged_loss"] = merged(input_ids=inputs, attention_mask=mask, labels=labels).loss.detach().reshape(1)
save_file(recorded, "recorded.safetensors")
