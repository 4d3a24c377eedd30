using Contrastive.Encoders;
using Contrastive.Retrieval;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

/// <summary>Small random towers with a vocabulary that they can be asked in.</summary>
internal static class TinyTowers
{
    public static BertTokenizer Tokenizer { get; } = new(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cat", "dog", "the", "sleeps", "barks", "query", "passage", ":"]);

    public static IReadOnlyList<Passage> Passages { get; } =
        [new("a", "cat", "the cat sleeps the cat sleeps"), new("b", "", "the dog"), new("c", "dog", ""), new("d", "the dog", "barks barks")];

    public static SentenceEncoder Encoder(Pooling pooling = Pooling.Class, int width = 8, int? maxLength = null, int types = 2) => new(
        new BertEncoder(new BertConfig
        {
            VocabularySize = Tokenizer.VocabularySize,
            HiddenSize = width,
            Layers = 2,
            Heads = 2,
            IntermediateSize = 12,
            MaxPositions = 16,
            TypeCount = types,
            InitializerRange = 0.5,
        }),
        Tokenizer,
        pooling,
        maxLength);

    public static double Difference(Tensor first, Tensor second) => (first - second).abs().max().to(float64).item<double>();
}
