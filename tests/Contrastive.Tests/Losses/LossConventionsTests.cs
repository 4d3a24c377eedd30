using System.Reflection;
using Contrastive.Losses;
using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>What all losses have in common: their names, where their options are, and what <c>normalize</c> means.</summary>
public sealed class LossConventionsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<Type> All => [.. typeof(NtXentLoss).Assembly.GetExportedTypes()
        .Where(type => type is { Namespace: "Contrastive.Losses", IsClass: true } && type.GetMethods().Any(method => method.Name == "Compute" && method.GetParameters().Length > 0))
        .Where(type => type != typeof(MatryoshkaLoss))]; // which is around any of them

    private static readonly Type[] OnTheSphere =
        [typeof(CosineContrastiveLoss), typeof(AlignmentLoss), typeof(UniformityLoss), typeof(AlignmentUniformityLoss)];

    public static TheoryData<Type> Labeled => [.. All.Select(row => row.Data).Where(type => type.IsAssignableTo(typeof(ILabeledLoss)))];

    [Theory]
    [MemberData(nameof(All))]
    public void Its_name_ends_in_Loss(Type loss) => Assert.EndsWith("Loss", loss.Name, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(All))]
    public void Its_options_are_arguments_of_its_constructor_with_defaults_normalize_and_blockwise_last(Type loss)
    {
        var parameters = Assert.Single(loss.GetConstructors()).GetParameters();
        Assert.All(parameters, parameter => Assert.True(parameter.HasDefaultValue, parameter.Name));
        Assert.DoesNotContain(loss.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly), property => property.CanWrite);
        string[] last = [.. parameters.Select(parameter => parameter.Name!).Where(name => name is "normalize" or "blockwise")];
        Assert.Equal(last, parameters.TakeLast(last.Length).Select(parameter => parameter.Name));
        Assert.Equal(!OnTheSphere.Contains(loss), last is ["normalize", ..]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void To_normalize_is_to_scale_each_row_to_length_one_first(Type loss)
    {
        Assert.SkipWhen(OnTheSphere.Contains(loss), "It is defined on the unit sphere, so it always normalizes.");
        using var generator = new Generator(1);
        Tensor Rows() => randn([8, 5], float64, generator: generator) * 3;
        Tensor[] rows = [.. Enumerable.Range(0, 4).Select(_ => Rows())];
        Assert.Equal(Compute(loss, normalize: false, Array.ConvertAll(rows, Similarity.Normalize)), Compute(loss, normalize: true, rows), 1e-6);
        Assert.NotEqual(Compute(loss, normalize: false, rows), Compute(loss, normalize: true, rows), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Labeled))]
    public void Against_no_references_it_is_zero_with_a_gradient_of_zero(Type type)
    {
        var z = randn(4, 5).requires_grad_();
        var value = ((ILabeledLoss)Create(type)).Compute(z, arange(4) % 2, zeros(0, 5), zeros(0, dtype: int64));
        value.backward();
        Assert.Equal(0, value.item<float>());
        Assert.Equal(0, z.grad!.abs().max().item<float>());
    }

    [Theory]
    [MemberData(nameof(Labeled))]
    public void References_need_no_gradient_and_the_anchors_have_the_same(Type type)
    {
        var loss = (ILabeledLoss)Create(type);
        var (z, labels, references) = (randn(6, 5).requires_grad_(), arange(6) % 3, randn(8, 5));
        loss.Compute(z, labels, references, arange(8) % 3).backward();
        var alone = z.grad!.clone();
        z.grad.zero_();
        var attached = references.clone().requires_grad_();
        loss.Compute(z, labels, attached, arange(8) % 3).backward();
        Assert.True(alone.allclose(z.grad));
        Assert.True(attached.grad!.abs().max().item<float>() > 0);
    }

    private static object Create(Type type) =>
        Activator.CreateInstance(type, [.. type.GetConstructors().Single().GetParameters().Select(parameter => parameter.DefaultValue)])!;

    private static double Compute(Type type, bool normalize, Tensor[] rows)
    {
        var parameters = type.GetConstructors().Single().GetParameters();
        var loss = Activator.CreateInstance(type, [.. parameters.Select(parameter => parameter.Name == "normalize" ? normalize : parameter.DefaultValue)]);
        var labels = arange(rows[0].size(0)) / 2;
        return (loss switch
        {
            ITwoViewLoss twoView => twoView.Compute(rows[0], rows[1]),
            ILabeledLoss labeled => labeled.Compute(rows[0], labels.to(int64)),
            IDistillationLoss distillation => distillation.Compute(rows[0], stack(rows[1..], dim: 1), arange(24, float64).remainder(5).reshape(8, 3)),
            SymmetricInfoNceLoss symmetric => symmetric.Compute(rows[0], rows[1], rows[2], rows[3]),
            _ => throw new InvalidOperationException($"{type.Name} is of no family; say here how it is computed."),
        }).to(float64).item<double>();
    }
}
