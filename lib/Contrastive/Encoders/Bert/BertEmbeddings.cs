using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The sum of word, position and type embeddings, normalized. Names as Hugging Face's.</summary>
internal sealed class BertEmbeddings : Module<Tensor, Tensor, Tensor>
{
    private readonly Embedding _words;
    private readonly Embedding _positions;
    private readonly Embedding _types;
    private readonly LayerNorm _normalization;
    private readonly double _dropout;

    public BertEmbeddings(BertConfig config) : base(nameof(BertEmbeddings))
    {
        register_module("word_embeddings", _words = Embedding(config.VocabularySize, config.HiddenSize, padding_idx: config.PaddingId));
        register_module("position_embeddings", _positions = Embedding(config.MaxPositions, config.HiddenSize));
        register_module("token_type_embeddings", _types = Embedding(config.TypeCount, config.HiddenSize));
        register_module("LayerNorm", _normalization = LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
        _dropout = config.Dropout;
    }

    /// <summary>The word embedding, which a language-model head shares.</summary>
    public Parameter WordWeight => _words.weight!;

    public override Tensor forward(Tensor inputIds, Tensor tokenTypeIds)
    {
        using var scope = NewDisposeScope();
        var sum = _words.call(inputIds).add_(_types.call(tokenTypeIds)); // [B, T, H]
        sum = sum.add_(_positions.weight!.narrow(0, 0, inputIds.size(1)));
        return functional.dropout(_normalization.call(sum), _dropout, training).MoveToOuterDisposeScope();
    }
}
