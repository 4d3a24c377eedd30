using Contrastive.Torch;

namespace Contrastive.Losses;

/// <summary>The losses of two aligned batches by name, for lessons that take <c>--set loss=NAME</c>.</summary>
public static class TwoViewLosses
{
    private static readonly NamedChoices<Func<double, ITwoViewLoss>> Choices = new(
        "loss",
        ("NtXent", temperature => new NtXentLoss(temperature)),
        ("InfoNce", temperature => new InfoNceLoss(temperature)),
        ("Decoupled", temperature => new DecoupledContrastiveLoss(temperature)),
        ("Debiased", temperature => new DebiasedContrastiveLoss(temperature: temperature)),
        ("HardNegative", temperature => new HardNegativeContrastiveLoss(temperature: temperature)),
        ("NPair", _ => new NPairLoss()),
        ("AlignmentUniformity", _ => new AlignmentUniformityLoss()),
        ("Alignment", _ => new AlignmentLoss()));

    /// <summary>The names: that of the class without its ending.</summary>
    public static IReadOnlyList<string> Names => Choices.Names;

    /// <summary>A loss with its default settings, but for the temperature.</summary>
    /// <param name="name">One of <see cref="Names"/>, in upper or lower case.</param>
    /// <param name="temperature">τ, above zero; <c>NPair</c>, <c>AlignmentUniformity</c> and <c>Alignment</c> have none.</param>
    /// <exception cref="ArgumentException">No loss has the name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above zero.</exception>
    public static ITwoViewLoss Named(string name, double temperature)
    {
        Require.Positive(temperature);
        return Choices[name](temperature);
    }
}
