using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>What the losses of distillation have in common.</summary>
[Collection(DefaultGeneratorCollection.Name)]
public class DistillationTests
{
    public static TheoryData<string> Losses => ["margins", "ranking"];

    private static IDistillationLoss Make(string name) => name == "margins" ? new MarginMseLoss() : new KlDistillationLoss();

    /// <summary>The teacher scores by a matrix that the student does not see; what is measured is the best of 40 candidates.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void A_student_learns_to_rank_as_its_teacher(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (hidden, loss) = (randn(16, 16) / 4, Make(name));
        using var student = nn.Linear(16, 16, hasBias: false);
        using var optimizer = optim.Adam(student.parameters(), lr: 0.02);
        Tensor Teacher(Tensor a, Tensor c) => c.bmm(a.mm(hidden).unsqueeze(2)).squeeze(2); // [N, C]
        double Agreement()
        {
            using var inner = NewDisposeScope();
            var (a, c) = (randn(40, 16), randn(40, 40, 16));
            return Teacher(a, c).argmax(1).eq(c.bmm(student.call(a).unsqueeze(2)).squeeze(2).argmax(1)).to(float32).mean().item<float>();
        }

        var before = Agreement();
        for (var step = 0; step < 200; step++)
        {
            using var inner = NewDisposeScope();
            var (anchors, candidates) = (randn(64, 16), randn(64, 8, 16));
            optimizer.zero_grad();
            loss.Compute(student.call(anchors), candidates, Teacher(anchors, candidates)).backward();
            optimizer.step();
        }

        var after = Agreement();
        Assert.True(before < 0.3 && after > 0.8, $"the same best candidate: {before} before, {after} after");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_constant_added_to_an_anchors_scores_changes_nothing(string name)
    {
        using var scope = NewDisposeScope();
        var (anchors, candidates, scores) = (randn(5, 4), randn(5, 3, 4), randn(5, 3));
        var loss = Make(name);
        Assert.Equal(
            loss.Compute(anchors, candidates, scores).item<float>(), loss.Compute(anchors, candidates, scores + tensor(new float[] { 1, -2, 3, 0, 7 }).unsqueeze(1)).item<float>(), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Half_precision_is_raised_and_no_gradient_flows_into_the_teacher(string name)
    {
        using var scope = NewDisposeScope();
        var (anchors, candidates, scores) = (randn(5, 4), randn(5, 3, 4), randn(5, 3));
        var half = Make(name).Compute(anchors.to(bfloat16), candidates.to(bfloat16), scores.to(bfloat16));
        Assert.Equal(float32, half.dtype);
        Assert.NotEqual(half.item<float>(), Make(name).Compute(anchors.to(bfloat16), candidates.to(bfloat16), scores).item<float>()); // the teacher's digits count
        Tensor Rounded(Tensor x) => x.to(bfloat16).to(float32);
        Assert.Equal(Make(name).Compute(Rounded(anchors), Rounded(candidates), Rounded(scores)).item<float>(), half.item<float>(), 1e-5);

        Make(name).Compute(anchors.requires_grad_(), candidates, scores.requires_grad_()).backward();
        Assert.True(anchors.grad!.abs().sum().item<float>() > 0);
        Assert.Null(scores.grad);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Leaves_no_tensor_behind(string name)
    {
        using var inputs = NewDisposeScope();
        var (anchors, candidates, scores) = (randn(5, 4).requires_grad_(), randn(5, 3, 4), randn(5, 3));
        using var outer = NewDisposeScope();
        Make(name).Compute(anchors, candidates, scores).backward();
        Assert.Equal(1, outer.DisposablesCount);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Refuses_bad_input(string name)
    {
        using var scope = NewDisposeScope();
        void Refused(string because, Tensor anchors, Tensor candidates, Tensor scores) =>
            BadInput.Refused(because, () => Make(name).Compute(anchors, candidates, scores));
        Refused("candidates is Float32 [4, 3]; expected float [4, C, 3]", ones(4, 3), ones(4, 3), ones(4, 2));
        Refused("expected float [4, C, 3]", ones(4, 3), ones(4, 2, 5), ones(4, 2));
        Refused("at least two for each anchor", ones(4, 3), ones(4, 1, 3), ones(4, 1));
        Refused("teacherScores is Float32 [4, 3]; expected float [4, 2]", ones(4, 3), ones(4, 2, 3), ones(4, 3));
        Refused("teacherScores is Int64", ones(4, 3), ones(4, 2, 3), ones(4, 2, dtype: int64));
        Refused("candidates is Float64", ones(4, 3), ones(4, 2, 3, dtype: float64), ones(4, 2));
        Refused("anchors holds NaN", ones(4, 3) * float.NaN, ones(4, 2, 3), ones(4, 2));
        Refused("candidates holds NaN", ones(4, 3), ones(4, 2, 3) * float.NaN, ones(4, 2));
        Refused("teacherScores holds NaN", ones(4, 3), ones(4, 2, 3), ones(4, 2) * float.NaN);
        Refused("expected float [N, D]", ones(0, 3), ones(0, 2, 3), ones(0, 2));
    }
}
