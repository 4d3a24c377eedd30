using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Images as tokens: patches through one linear layer, a class token before them, and positions. The names are Hugging
/// Face's.</summary>
internal sealed class VisionEmbeddings : Module<Tensor, Tensor>
{
    [ComponentName(Name = "class_embedding")]
    private readonly Parameter? _class;

    [ComponentName(Name = "patch_embedding")]
    private readonly Conv2d _patches;

    [ComponentName(Name = "position_embedding")]
    private readonly Embedding _positions;

    private readonly VisionTransformerConfig _config;

    public VisionEmbeddings(VisionTransformerConfig config) : base(nameof(VisionEmbeddings))
    {
        _config = config;
        var deviation = Math.Pow(config.Width, -0.5);
        if (config.Pooling == ImagePooling.Class)
            _class = Parameter(empty(config.Width).normal_(0, deviation));
        _patches = Conv2d(config.Channels, config.Width, config.PatchSize, stride: config.PatchSize, bias: config.Pooling == ImagePooling.Attention);
        _positions = Embedding(config.ClassTokens + config.Patches, config.Width);
        ClipInitialization.Normal(_positions.weight!, deviation);
        RegisterComponents();
    }

    /// <param name="images">Float <c>[N, C, H, W]</c>.</param>
    /// <returns><c>[N, T, width]</c>; fewer tokens than there are in training with patch dropout.</returns>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (pixels, positions) = (Pixels(images), _positions.weight!.narrow(0, _config.ClassTokens, _config.Patches)); // [N·P, C·p·p], [P, width]
        Tensor patches; // [N, P, width]
        if (training && _config.PatchDropout > 0)
        {
            var kept = Kept(images.size(0)).to(images.device); // [N, K]
            var rows = kept.add(arange(images.size(0), device: images.device).mul_(_config.Patches).unsqueeze(1)).flatten();
            patches = Embed(pixels.index_select(0, rows)).add_(positions.index_select(0, kept.flatten())).view(kept.size(0), kept.size(1), -1);
        }
        else
        {
            patches = Embed(pixels).view(images.size(0), _config.Patches, -1).add_(positions);
        }

        if (_class is null)
            return patches.MoveToOuterDisposeScope();
        var first = _class.add(_positions.weight!.select(0, 0)).expand(images.size(0), 1, -1);
        return cat([first, patches], 1).MoveToOuterDisposeScope();
    }

    private Tensor Embed(Tensor pixels) => LinearProduct.Compute(pixels, _patches.weight!.flatten(1), _patches.bias);

    // A convolution whose windows do not overlap is a product of patches.
    private Tensor Pixels(Tensor images)
    {
        var (size, grid) = (_config.PatchSize, _config.Grid);
        return images.reshape(-1, _config.Channels, grid, size, grid, size).permute(0, 2, 4, 1, 3, 5).reshape(-1, _config.Channels * size * size);
    }

    // Other patches of each image, drawn on the CPU so that they do not depend on the device.
    private Tensor Kept(long count)
    {
        var keep = Math.Max(1, (int)Math.Round(_config.Patches * (1 - _config.PatchDropout)));
        return rand(count, _config.Patches).topk(keep, dim: 1, sorted: false).indexes;
    }
}
