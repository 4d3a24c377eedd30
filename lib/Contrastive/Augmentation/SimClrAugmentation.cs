namespace Contrastive.Augmentation;

/// <summary>
/// SimCLR's augmentation (appendix A): random resized crop, flip, color distortion (jitter and grayscale), blur. Start from
/// <see cref="ImageNet"/> or <see cref="Cifar"/>, override options using <c>with { … }</c>, and call <see cref="Create"/>.
/// </summary>
/// <param name="Size">Height and width of the views in pixels.</param>
public sealed record SimClrAugmentation(int Size)
{
    /// <summary>The smallest share of the image's area that a crop takes.</summary>
    /// <value>The default is the paper's 0.08.</value>
    public double MinScale { get; init; } = 0.08;

    /// <summary>The probability that an image is mirrored.</summary>
    /// <value>The default is the paper's 0.5.</value>
    public double FlipProbability { get; init; } = 0.5;

    /// <summary>The strength s of the color jitter: brightness, contrast and saturation 0.8 s, hue 0.2 s.</summary>
    /// <value>The default is the paper's 1 for ImageNet.</value>
    public double JitterStrength { get; init; } = 1;

    /// <summary>The probability that an image's colors are jittered.</summary>
    /// <value>The default is the paper's 0.8.</value>
    public double JitterProbability { get; init; } = 0.8;

    /// <summary>The probability that an image is converted to gray.</summary>
    /// <value>The default is the paper's 0.2.</value>
    public double GrayscaleProbability { get; init; } = 0.2;

    /// <summary>The probability that an image is blurred.</summary>
    /// <value>The default is the paper's 0.5 for ImageNet.</value>
    public double BlurProbability { get; init; } = 0.5;

    /// <summary>The normalization applied to the views at the end, if any.</summary>
    /// <value>The default is null: the views stay in [0, 1].</value>
    public Normalize? Normalize { get; init; }

    /// <summary>The paper's augmentation for ImageNet: jitter of strength 1, blur of half of the views.</summary>
    public static SimClrAugmentation ImageNet(int size = 224) => new(size);

    /// <summary>The paper's augmentation for CIFAR-10 (appendix B.9): jitter of strength 0.5, no blur.</summary>
    public static SimClrAugmentation Cifar(int size = 32) => new(size) { JitterStrength = 0.5, BlurProbability = 0 };

    /// <summary>The same without jitter and grayscale: the ablation that leaves the color shortcut open (section 3.1, figure 5).</summary>
    public SimClrAugmentation WithoutColorDistortion() => this with { JitterProbability = 0, GrayscaleProbability = 0 };

    /// <summary>Creates the chain; steps with probability 0 are left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Compose Create()
    {
        var steps = new List<IImageAugmentation> { new RandomResizedCrop(Size, MinScale) };
        if (FlipProbability != 0)
            steps.Add(new RandomHorizontalFlip(FlipProbability));
        if (JitterProbability != 0 && JitterStrength != 0)
            steps.Add(new RandomApply(JitterProbability, ColorJitter.Strength(JitterStrength)));
        if (GrayscaleProbability != 0)
            steps.Add(new RandomGrayscale(GrayscaleProbability));
        if (BlurProbability != 0)
            steps.Add(new RandomApply(BlurProbability, new GaussianBlur()));
        if (Normalize is not null)
            steps.Add(Normalize);
        return new Compose([.. steps]);
    }
}
