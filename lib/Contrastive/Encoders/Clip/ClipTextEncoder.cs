using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// CLIP's text transformer (Radford et al. 2021, section 2.4), and SigLIP's. Maps token sequences to features <c>[N, Width]</c>: after the
/// last norm, or after SigLIP's head, and before a projection. Its parameters have the names of Hugging Face's <c>CLIPTextModel</c> and
/// <c>SiglipTextModel</c>.
/// </summary>
public sealed class ClipTextEncoder : Module<TokenBatch, Tensor>
{
    [ComponentName(Name = "embeddings")]
    private readonly TextEmbeddings _embeddings;

    [ComponentName(Name = "encoder")]
    private readonly ClipLayers _layers;

    [ComponentName(Name = "final_layer_norm")]
    private readonly LayerNorm _lastNorm;

    [ComponentName(Name = "head")]
    private readonly Linear? _head;

    /// <summary>Makes an encoder with random weights from torch's default generator, initialized as in CLIP's released code.</summary>
    /// <exception cref="ArgumentException">The configuration is invalid.</exception>
    public ClipTextEncoder(ClipTextConfig config) : base(nameof(ClipTextEncoder))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config.Checked();
        _embeddings = new TextEmbeddings(config);
        _layers = new ClipLayers(config.Width, config.Layers, config.Heads, config.IntermediateSize, config.Activation, config.LayerNormEpsilon, config.Causal);
        _lastNorm = LayerNorm(config.Width, config.LayerNormEpsilon);
        if (config.Pooling == TextPooling.Last)
            ClipInitialization.Normal(_head = Linear(config.Width, config.Width), Math.Pow(config.Width, -0.5));
        RegisterComponents();
    }

    /// <summary>The sizes and settings.</summary>
    public ClipTextConfig Config { get; }

    /// <summary>Features of a batch of texts.</summary>
    /// <param name="batch">Token sequences <c>[N, T]</c>, each with its end-of-text token last; with <see cref="TextPooling.Last"/> padded as
    /// the model was trained.</param>
    /// <returns><c>[N, Width]</c>.</returns>
    /// <exception cref="ArgumentException">The sequences are longer than the context, an id is not in the vocabulary, or a text has no
    /// token.</exception>
    public override Tensor forward(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TokenInput.Check(batch.InputIds, Config.ContextLength, Config.VocabularySize);
        using var scope = NewDisposeScope();
        var (count, length) = (batch.InputIds.size(0), batch.InputIds.size(1));
        var mask = batch.HasPadding && Config.Pooling == TextPooling.EndOfText ? batch.AttentionMask : null;
        // As in TokenInput, on a GPU this would stall every step.
        if (mask is not null && mask.device_type == DeviceType.CPU && mask.select(1, 0).min().item<long>() == 0)
            throw new ArgumentException("A text of the batch has no token, and so no end-of-text token; leave it out.", nameof(batch));
        var rows = new TokenRows(mask, count, length, _embeddings.Type);
        var starts = arange(count, device: batch.InputIds.device).mul_(length); // [N]
        var ends = mask is null ? starts.add_(length - 1) : starts.add_(mask.sum(dim: 1)).sub_(1);
        var features = _lastNorm.call(_layers.Pick(_embeddings.call(batch.InputIds, rows), rows, rows.RowsAt(ends))); // [N, Width]
        return (_head is null ? features : LinearProduct.Compute(features, _head.weight!, _head.bias)).MoveToOuterDisposeScope();
    }
}

/// <summary>The sum of token and position embeddings. The names are Hugging Face's.</summary>
internal sealed class TextEmbeddings : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "token_embedding")]
    private readonly Embedding _tokens;

    [ComponentName(Name = "position_embedding")]
    private readonly Embedding _positions;

    public TextEmbeddings(ClipTextConfig config) : base(nameof(TextEmbeddings))
    {
        _tokens = Embedding(config.VocabularySize, config.Width);
        _positions = Embedding(config.ContextLength, config.Width);
        ClipInitialization.Normal(_tokens.weight!, 0.02);
        ClipInitialization.Normal(_positions.weight!, 0.01);
        RegisterComponents();
    }

    public ScalarType Type => _tokens.weight!.dtype;

    /// <returns><c>[N, C]</c>.</returns>
    public override Tensor forward(Tensor inputIds, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        var positions = arange(inputIds.size(1), device: inputIds.device).expand(inputIds.size(0), -1);
        return _tokens.call(rows.Of(inputIds)).add_(_positions.call(rows.Of(positions))).MoveToOuterDisposeScope();
    }
}
