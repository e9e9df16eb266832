"""What both trainings share: options, examples that other processes draw, and the loop that learns from them."""
import argparse
import contextlib
import math
import multiprocessing
import random
import time

import numpy as np
import torch
from torch import nn


def options(description, minutes, batch):
    """The parser with everything but what is read and written."""
    out = argparse.ArgumentParser(description=description)
    out.add_argument("--minutes", type=float, default=minutes)
    out.add_argument("--seed", type=int, default=1)
    out.add_argument("--device", default="cpu")
    out.add_argument("--bf16", action="store_true", help="half as dear on graphics cards and on processors with AVX-512 BF16")
    out.add_argument("--batch", type=int, default=batch, help="examples to a step; more of them keep a graphics card busy")
    out.add_argument("--begin", metavar="PT|ONNX", help="weights to begin from: an earlier run keeps them beside its network; or the network")
    out.add_argument("--rate", type=float, help="the highest rate, lower where one begins from weights")
    out.add_argument("--workers", type=int, default=1, help="processes that draw examples")
    out.add_argument("--check", metavar="PNG", help="write a picture of examples and stop")
    return out


def unfolded(net, path, pictures):
    """Puts the weights of an exported network into `net`.

    Exporting folds normalisation into the convolutions; what it normalises by is measured anew on `pictures` (N x C x H x W),
    so that `net` answers what the network answers and can be trained on.
    """
    import onnx
    from onnx import numpy_helper
    graph = onnx.load(path).graph
    arrays = {a.name: torch.from_numpy(numpy_helper.to_array(a).copy()) for a in graph.initializer}
    stored = [[arrays[name] for name in node.input[1:]] for node in graph.node if node.op_type == "Conv"]
    bias = None

    def fill(module, _):
        nonlocal bias
        weight, *rest = stored.pop(0)
        bias = rest[0] if rest else torch.zeros(len(weight))
        module.weight.data.copy_(weight)
        if module.bias is not None:
            module.bias.data.copy_(bias)

    def normalise(module, inputs):
        variance, mean = torch.var_mean(inputs[0], dim=(0, 2, 3))
        module.running_mean.copy_(mean)
        module.running_var.copy_(variance)
        module.weight.data.copy_((variance + module.eps).sqrt())
        module.bias.data.copy_(bias + mean)

    hooks = [m.register_forward_pre_hook(fill if isinstance(m, nn.Conv2d) else normalise)
             for m in net.modules() if isinstance(m, (nn.Conv2d, nn.BatchNorm2d))]
    net.eval()
    with torch.no_grad():
        net(pictures)
    for hook in hooks:
        hook.remove()
    net.train()


class Examples:
    """Batches from `workers` processes that run draw(queue, seed); an older one is shown again while new ones are drawn."""

    def __init__(self, draw, workers, seed, least, most):
        self.queue, self.kept, self.least, self.most = multiprocessing.Queue(16), [], least, most
        self.makers = [multiprocessing.Process(target=draw, args=(self.queue, seed * 1000 + i), daemon=True) for i in range(workers)]
        for maker in self.makers:
            maker.start()

    def next(self):
        if len(self.kept) >= self.least and self.queue.empty():
            return random.choice(self.kept)
        self.kept = (self.kept + [self.queue.get()])[-self.most:]
        return self.kept[-1]

    def close(self):
        for maker in self.makers:
            maker.terminate()


def learn(net, examples, loss_of, measure, args, out, *, inputs_of, rate, warm_up, steady):
    """AdamW with a cosine rate over args.minutes; leaves the running mean of the weights in `net`.

    loss_of(net, batch) gives the loss and the number of examples; measure(net) a line of scores, told every four minutes;
    inputs_of(batch) what the network sees.
    The rate grows over `warm_up` examples, the mean runs slowly after `steady`.
    """
    rate = args.rate or rate
    if args.begin and args.begin.endswith(".onnx"):
        unfolded(net, args.begin, inputs_of(examples.next()))
    elif args.begin:
        net.load_state_dict(torch.load(args.begin, map_location="cpu"))
    net = net.to(torch.device(args.device), memory_format=torch.channels_last)
    half = torch.autocast(torch.device(args.device).type, dtype=torch.bfloat16) if args.bf16 else contextlib.nullcontext()
    optimiser = torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-3)
    average = {k: v.clone() for k, v in net.state_dict().items()}
    begin = told = time.time()
    seen, recent = 0, []
    while time.time() - begin < 60 * args.minutes:
        share = (time.time() - begin) / (60 * args.minutes)
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, seen / warm_up + .05) * (.5 * (1 + math.cos(math.pi * share)) + .004)
        with half:
            loss, count = loss_of(net, examples.next())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        with torch.no_grad():
            for key, value in net.state_dict().items():
                if value.is_floating_point():
                    average[key].lerp_(value, .003 if seen > steady else .03)
                else:
                    average[key].copy_(value)
        recent.append(loss.item())
        seen += count
        if time.time() - told > 240:
            told = time.time()
            now = {k: v.clone() for k, v in net.state_dict().items()}
            net.load_state_dict(average)
            print(f"{(told - begin) / 60:5.1f} min  {seen} examples  loss {np.mean(recent[-300:]):.3f}  {measure(net)}", flush=True)
            torch.save(average, out + ".pt")
            net.load_state_dict(now)
    examples.close()
    net.load_state_dict(average)
    torch.save(net.state_dict(), out + ".pt")
    print(f"{seen} examples  final: {measure(net)}", flush=True)
    net.eval().cpu()
