using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The sum of word, position and type embeddings, normalized. The names are Hugging Face's.</summary>
internal sealed class BertEmbeddings : Module<Tensor, Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "word_embeddings")]
    private readonly Embedding _words;

    [ComponentName(Name = "position_embeddings")]
    private readonly Embedding _positions;

    [ComponentName(Name = "token_type_embeddings")]
    private readonly Embedding _types;

    [ComponentName(Name = "LayerNorm")]
    private readonly LayerNorm _normalization;

    private readonly double _dropout;

    public BertEmbeddings(BertConfig config) : base(nameof(BertEmbeddings))
    {
        _words = Embedding(config.VocabularySize, config.HiddenSize, padding_idx: config.PaddingId);
        _positions = Embedding(config.MaxPositions, config.HiddenSize);
        _types = Embedding(config.TypeCount, config.HiddenSize);
        _normalization = LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        _dropout = config.Dropout;
        RegisterComponents();
    }

    /// <summary>The word embedding, which a language-model head shares.</summary>
    public Parameter WordWeight => _words.weight!;

    public override Tensor forward(Tensor inputIds, Tensor tokenTypeIds, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        var positions = arange(inputIds.size(1), ScalarType.Int64, inputIds.device).expand_as(inputIds);
        var sum = _words.call(rows.Of(inputIds)).add_(_types.call(rows.Of(tokenTypeIds))).add_(_positions.call(rows.Of(positions))); // [N, H]
        return rows.Dropout(_normalization.call(sum), _dropout, training).MoveToOuterDisposeScope();
    }
}
