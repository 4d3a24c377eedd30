using Contrastive.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// Parameters, by name, that an optimizer treats in one way: a share of its learning rate, a weight decay of their own, or none. Unless
/// it is told otherwise, a group keeps the rule for all: parameters with fewer than two dimensions (biases, the weights of norms,
/// CLIP's <c>logit_scale</c>) do not decay, and <see cref="Lars"/> does not adapt their rate.
/// </summary>
/// <remarks>
/// A pretrained encoder at a tenth of the rate, and DPR's two encoders with embeddings that do not decay:
/// <code>
/// var (encoder, head) = new ParameterGroup(network).Split("encoder.");
/// using var first = new AdamW([encoder with { RateFactor = 0.1 }, head], learningRate: 1e-3);
///
/// var (embeddings, rest) = new ParameterGroup(questions, passages).Split("embeddings.");
/// using var second = new AdamW([rest, embeddings with { Decays = false }], learningRate: 2e-5, weightDecay: 0.01);
/// </code>
/// A parameter that is in no group is not updated.
/// </remarks>
public sealed record ParameterGroup
{
    private const int NamesShown = 8;
    private readonly (string Name, Parameter Parameter)[] _members;

    /// <summary>All trainable parameters of the modules; one that they share is taken once.</summary>
    /// <param name="modules">The modules; names are those of each module's <c>named_parameters()</c>.</param>
    /// <exception cref="ArgumentNullException">A module is null.</exception>
    /// <exception cref="ArgumentException">There is nothing to train.</exception>
    public ParameterGroup(params IReadOnlyList<nn.Module> modules)
        : this(Trainable(Named(modules), nameof(modules)))
    {
    }

    /// <summary>The trainable ones among named parameters; one that occurs twice is taken once.</summary>
    /// <param name="parameters">Names and parameters, such as a temperature that is in no module, or what a query over
    /// <c>named_parameters()</c> chooses.</param>
    /// <exception cref="ArgumentException">There is nothing to train.</exception>
    public ParameterGroup(IEnumerable<(string Name, Parameter Parameter)> parameters)
        : this(Trainable(parameters ?? throw new ArgumentNullException(nameof(parameters)), nameof(parameters)))
    {
    }

    private ParameterGroup((string Name, Parameter Parameter)[] members) => _members = members;

    private ParameterGroup(ParameterGroup original, (string Name, Parameter Parameter)[] members)
        : this(original) => _members = members;

    /// <summary>The names, in the modules' order.</summary>
    public IReadOnlyList<string> Names => [.. _members.Select(member => member.Name)];

    /// <summary>The parameters, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. _members.Select(member => member.Parameter)];

    /// <summary>The optimizer's learning rate is multiplied by it, at each step of a schedule. <value>The default is 1.</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double RateFactor { get; init => field = Require.NotNegative(value, nameof(RateFactor)); } = 1;

    /// <summary>The weight decay of those that decay. <value>The default is null: the optimizer's.</value></summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double? WeightDecay { get; init => field = value is { } decay ? Require.NotNegative(decay, nameof(WeightDecay)) : null; }

    /// <summary>Whether the parameters decay, all or none of them. <value>The default is null: those with two or more
    /// dimensions.</value></summary>
    public bool? Decays { get; init; }

    /// <summary>Whether <see cref="Lars"/> scales the rate to each parameter's norm, for all or none. <value>The default is null: for
    /// those that decay.</value></summary>
    public bool? Adapts { get; init; }

    /// <summary>The parameters whose name passes, with the group's settings.</summary>
    /// <param name="passes">Whether a name belongs.</param>
    /// <exception cref="ArgumentException">No name passes.</exception>
    public ParameterGroup Where(Func<string, bool> passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        (string, Parameter)[] members = [.. _members.Where(member => passes(member.Name))];
        return members.Length > 0
            ? new ParameterGroup(this, members)
            : throw new ArgumentException($"No parameter's name passes; the names are {Listed()}.", nameof(passes));
    }

    /// <summary>The parameters whose name contains one of the parts, and the rest, both with the group's settings.</summary>
    /// <param name="parts">Parts of names, such as <c>encoder.</c> or <c>bias</c>, in upper and lower case as they are.</param>
    /// <exception cref="ArgumentException">A part is in no name, or nothing is left for the rest.</exception>
    public (ParameterGroup Matching, ParameterGroup Others) Split(params IReadOnlyList<string> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        foreach (var part in parts)
        {
            if (string.IsNullOrEmpty(part) || !Array.Exists(_members, member => Contains(member.Name, part)))
                throw new ArgumentException($"'{part}' is in no trainable parameter's name; the names are {Listed()}.", nameof(parts));
        }

        bool Matches(string name) => parts.Any(part => Contains(name, part));
        if (parts.Count == 0 || Array.TrueForAll(_members, member => Matches(member.Name)))
            throw new ArgumentException($"{(parts.Count == 0 ? "No part of a name is given" : "Every name matches")}, so there are not two groups; the names are {Listed()}.", nameof(parts));
        return (Where(Matches), Where(name => !Matches(name)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_members.Length} parameters: {Listed()}";

    private static bool Contains(string name, string part) => name.Contains(part, StringComparison.Ordinal);

    private string Listed() => string.Join(", ", _members.Take(NamesShown).Select(member => member.Name))
        + (_members.Length > NamesShown ? FormattableString.Invariant($" … ({_members.Length} in all)") : "");

    private static IEnumerable<(string Name, Parameter Parameter)> Named(IReadOnlyList<nn.Module> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        for (var index = 0; index < modules.Count; index++)
            ArgumentNullException.ThrowIfNull(modules[index], $"{nameof(modules)}[{index}]");
        return modules.SelectMany(module => module.named_parameters());
    }

    private static (string Name, Parameter Parameter)[] Trainable(IEnumerable<(string Name, Parameter Parameter)> parameters, string argument)
    {
        (string Name, Parameter Parameter)[] members = [.. parameters.Where(member => member.Parameter.requires_grad).DistinctBy(member => member.Parameter.Handle)];
        return members.Length > 0
            ? members
            : throw new ArgumentException("There is no trainable parameter; give the modules, or the parameters, that are to learn.", argument);
    }
}
