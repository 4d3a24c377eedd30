using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// CLIP's vision transformer (Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words", with the norm before the layers of Radford et al.
/// 2021), and SigLIP's. Maps images <c>[N, C, H, W]</c> to features <c>[N, Width]</c>: after the last norm, or after SigLIP's head, and
/// before a projection. Its parameters have the names of Hugging Face's <c>CLIPVisionModel</c> and <c>SiglipVisionModel</c>.
/// </summary>
public sealed class VisionTransformer : Module<Tensor, Tensor>, IPatchEncoder
{
    [ComponentName(Name = "embeddings")]
    private readonly VisionEmbeddings _embeddings;

    // The name is misspelled in the released models.
    [ComponentName(Name = "pre_layrnorm")]
    private readonly LayerNorm? _firstNorm;

    [ComponentName(Name = "encoder")]
    private readonly ClipLayers _layers;

    [ComponentName(Name = "post_layernorm")]
    private readonly LayerNorm _lastNorm;

    [ComponentName(Name = "head")]
    private readonly AttentionPooling? _head;

    /// <summary>Makes a transformer with random weights from torch's default generator, initialized as the released code of CLIP initializes
    /// its text transformer.</summary>
    /// <exception cref="ArgumentException">The configuration is invalid.</exception>
    public VisionTransformer(VisionTransformerConfig config) : base(nameof(VisionTransformer))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config.Checked();
        _embeddings = new VisionEmbeddings(config);
        if (config.Pooling != ImagePooling.Attention)
            _firstNorm = LayerNorm(config.Width, config.LayerNormEpsilon);
        _layers = new ClipLayers(config.Width, config.Layers, config.Heads, config.IntermediateSize, config.Activation, config.LayerNormEpsilon);
        _lastNorm = LayerNorm(config.Width, config.LayerNormEpsilon);
        if (config.Pooling == ImagePooling.Attention)
            _head = new AttentionPooling(config);
        RegisterComponents();
    }

    /// <summary>The sizes and settings.</summary>
    public VisionTransformerConfig Config { get; }

    /// <summary>Features of a batch of images.</summary>
    /// <param name="images">Float <c>[N, C, H, W]</c>, normalized, of the size in <see cref="Config"/>.</param>
    /// <returns><c>[N, Width]</c>.</returns>
    /// <exception cref="ArgumentException">The input is not a float image batch of that size.</exception>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (hidden, rows) = Embed(images);
        if (Config.Pooling == ImagePooling.Class)
        {
            var first = arange(rows.Batch, device: images.device).mul_(rows.Length);
            return _lastNorm.call(_layers.Pick(hidden, rows, first)).MoveToOuterDisposeScope();
        }

        var patches = rows.Whole(_lastNorm.call(_layers.call(hidden, rows))); // [N, P, Width]
        return (_head is null ? patches.mean([1L]) : _head.call(patches)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>The last states of the patches after the last norm, not of the class token. A patch of a model with SigLIP's head is what that
    /// head returns when it attends to this patch alone. In evaluation mode: patch dropout would leave some out.</remarks>
    /// <exception cref="ArgumentException">The input is not a float image batch of the size in <see cref="Config"/>.</exception>
    /// <exception cref="InvalidOperationException">Patches are left out: the module is in training mode with patch dropout.</exception>
    public Tensor Patches(Tensor images)
    {
        if (training && Config.PatchDropout > 0)
            throw new InvalidOperationException("In training mode patch dropout leaves patches out; call eval() first.");
        using var scope = NewDisposeScope();
        var (hidden, rows) = Embed(images);
        var tokens = rows.Whole(_lastNorm.call(_layers.call(hidden, rows)));
        var patches = tokens.narrow(1, Config.ClassTokens, Config.Patches);
        return (_head is null ? patches : _head.EachAlone(patches)).reshape(-1, Config.Grid, Config.Grid, Config.Width).MoveToOuterDisposeScope();
    }

    private (Tensor Hidden, TokenRows Rows) Embed(Tensor images)
    {
        Require.Shape(images, $"float [N, {Config.Channels}, {Config.ImageSize}, {Config.ImageSize}]");
        var whole = _embeddings.call(images); // [N, T, Width]
        var rows = new TokenRows(null, whole.size(0), whole.size(1), whole.dtype);
        var hidden = rows.Of(whole);
        return (_firstNorm is null ? hidden : _firstNorm.call(hidden), rows);
    }
}
