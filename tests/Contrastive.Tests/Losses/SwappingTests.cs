using Contrastive.Augmentation;
using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>One loss in place of another, nothing else changed: each trains the same encoder on real batches.</summary>
public class SwappingTests
{
    private const int Size = 16;

    public static TheoryData<string> TwoViewLosses() => [.. TwoView.Keys];

    public static TheoryData<string> LabeledLosses() => [.. Labeled.Keys];

    private static readonly Dictionary<string, Func<ITwoViewLoss>> TwoView = new()
    {
        ["NtXent"] = () => new NtXentLoss(),
        ["NtXent in blocks"] = () => new NtXentLoss(blockwise: true),
        ["InfoNce"] = () => new InfoNceLoss(),
        ["NPair"] = () => new NPairLoss(),
        ["MultipleNegativesRanking"] = () => new MultipleNegativesRankingLoss(),
        ["Debiased"] = () => new DebiasedContrastiveLoss(),
        ["HardNegative"] = () => new HardNegativeContrastiveLoss(),
        ["Decoupled"] = () => new DecoupledContrastiveLoss(),
        ["ClipLoss"] = () => new ClipLoss(),
        ["SigLip"] = () => new SigLipLoss(),
        ["AlignmentUniformity"] = () => new AlignmentUniformityLoss(),
    };

    private static readonly Dictionary<string, Func<ILabeledLoss>> Labeled = new()
    {
        ["PairwiseContrastive"] = () => new PairwiseContrastiveLoss(),
        ["CosineContrastive"] = () => new CosineContrastiveLoss(),
        ["Triplet, all"] = () => new TripletLoss(),
        ["Triplet, hard"] = () => new TripletLoss(margin: 1, TripletMining.Hard, PairDistance.Euclidean, normalize: false), // squared and normalized it collapses
        ["Triplet, semi-hard"] = () => new TripletLoss(mining: TripletMining.SemiHard),
        ["Triplet, soft margin, swap"] = () => new TripletLoss(margin: null, distance: PairDistance.Euclidean, swap: true),
        ["SoftNearestNeighbors"] = () => new SoftNearestNeighborsLoss(),
        ["LiftedStructure"] = () => new LiftedStructureLoss(),
        ["LiftedStructure, generalized"] = () => new LiftedStructureLoss(generalized: true),
        ["SupervisedContrastive"] = () => new SupervisedContrastiveLoss(),
        ["LabeledNtXent"] = () => new LabeledNtXentLoss(),
        ["SupervisedContrastive, inside"] = () => new SupervisedContrastiveLoss(insideLog: true),
    };

    /// <summary>The encoder, head, batch, views and step size of the SimCLR lesson's smallest tier.</summary>
    [Theory]
    [MemberData(nameof(TwoViewLosses))]
    public void Each_two_view_loss_trains_the_SimCLR_lesson_and_falls(string name)
    {
        using var scope = NewDisposeScope();
        var loss = TwoView[name]();
        var images = Shapes.Generate(64, seed: 3).Images;
        var normalize = Normalize.Fit(images.Images);
        var views = new TwoViews((SimClrAugmentation.Cifar() with { MinScale = 0.6, JitterStrength = 1, Normalize = normalize }).Create());
        using var generator = new Generator(2);
        var (view1, view2) = views.Apply(images.Batch(arange(images.Count)), generator);
        random.manual_seed(1);
        using var encoder = nn.Sequential(new SmallResNet(3, width: 16), new ProjectionHead(64, 64, 64));
        Falls(encoder, 12, () => loss.Compute(encoder.call(view1), encoder.call(view2)));
    }

    [Theory]
    [MemberData(nameof(LabeledLosses))]
    public void Each_labeled_loss_brings_classes_together_and_apart(string name)
    {
        using var scope = NewDisposeScope();
        var loss = Labeled[name]();
        var images = Images();
        var batch = images.Batch(arange(images.Count));
        using var encoder = Encoder();
        var before = Separation(encoder.call(batch), images.Labels);
        Falls(encoder, 40, () => loss.Compute(encoder.call(batch), images.Labels));
        var after = Separation(encoder.call(batch), images.Labels);
        Assert.True(after > before + 0.05, $"mean cosine within classes less between: {before} before, {after} after");
    }

    private static ImageSet Images() => Shapes.Generate(40, seed: 3, Size).Images;

    private static nn.Module<Tensor, Tensor> Encoder()
    {
        random.manual_seed(1);
        return nn.Sequential(nn.Flatten(), nn.Linear(3 * Size * Size, 64), nn.ReLU(), nn.Linear(64, 16));
    }

    private static void Falls(nn.Module<Tensor, Tensor> encoder, int steps, Func<Tensor> loss)
    {
        using var optimizer = optim.Adam(encoder.parameters(), lr: 2e-3);
        var values = new List<float>();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var value = loss();
            values.Add(value.item<float>());
            optimizer.zero_grad();
            value.backward();
            optimizer.step();
        }

        Assert.All(values, value => Assert.True(float.IsFinite(value)));
        Assert.True(values[^1] < values[0], $"{values[0]} first, {values[^1]} last");
    }

    private static double Separation(Tensor embeddings, Tensor labels)
    {
        var cosines = Similarity.Cosine(embeddings, embeddings);
        var same = labels.unsqueeze(1).eq(labels.unsqueeze(0));
        return (cosines.masked_select(same).mean() - cosines.masked_select(same.logical_not()).mean()).item<float>();
    }
}
