using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// The masked-language-model head, with Hugging Face's names: <c>predictions.transform.dense</c>, <c>predictions.transform.LayerNorm</c>
/// and <c>predictions.bias</c>. Its last layer's weight is the word embedding, which is passed in.
/// </summary>
internal sealed class BertPredictions : Module<Tensor, Tensor, Tensor>
{
    [ComponentName(Name = "predictions")]
    private readonly Predictions _predictions;

    public BertPredictions(BertConfig config) : base(nameof(BertPredictions))
    {
        _predictions = new Predictions(config);
        RegisterComponents();
    }

    /// <param name="hidden"><c>[..., H]</c>.</param>
    /// <param name="words">The word embedding, <c>[V, H]</c>.</param>
    /// <returns><c>[..., V]</c>.</returns>
    public override Tensor forward(Tensor hidden, Tensor words) => _predictions.call(hidden, words);

    private sealed class Predictions : Module<Tensor, Tensor, Tensor>
    {
        [ComponentName(Name = "transform")]
        private readonly Transform _transform;

        [ComponentName(Name = "bias")]
        private readonly Parameter _bias;

        public Predictions(BertConfig config) : base(nameof(Predictions))
        {
            _transform = new Transform(config);
            _bias = Parameter(zeros(config.VocabularySize));
            RegisterComponents();
        }

        public override Tensor forward(Tensor hidden, Tensor words)
        {
            using var scope = NewDisposeScope();
            return functional.linear(_transform.call(hidden), words, _bias).MoveToOuterDisposeScope();
        }
    }

    private sealed class Transform : Module<Tensor, Tensor>
    {
        [ComponentName(Name = "dense")]
        private readonly Linear _dense;

        [ComponentName(Name = "LayerNorm")]
        private readonly LayerNorm _normalization;

        public Transform(BertConfig config) : base(nameof(Transform))
        {
            _dense = Linear(config.HiddenSize, config.HiddenSize);
            _normalization = LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
            RegisterComponents();
        }

        public override Tensor forward(Tensor hidden)
        {
            using var scope = NewDisposeScope();
            return _normalization.call(functional.gelu(_dense.call(hidden))).MoveToOuterDisposeScope();
        }
    }
}
