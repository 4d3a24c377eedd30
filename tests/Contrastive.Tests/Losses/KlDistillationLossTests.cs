using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class KlDistillationLossTests
{
    private const double RuledOut = double.NegativeInfinity;

    /// <summary>Candidates [C][N][D]; the teacher's scores [N][C].</summary>
    private static double Oracle(double[][] anchors, double[][][] candidates, double[][] teacher, double temperature, bool normalize)
    {
        var total = 0.0;
        for (var i = 0; i < anchors.Length; i++)
        {
            var p = LogSoftmax([.. teacher[i].Select(score => score / temperature)]);
            var q = LogSoftmax([.. candidates.Select(rows => (normalize ? Loops.Cosine(anchors[i], rows[i]) : Loops.Dot(anchors[i], rows[i])) / temperature)]);
            for (var c = 0; c < candidates.Length; c++)
            {
                if (!double.IsNegativeInfinity(p[c]))
                    total += Math.Exp(p[c]) * (p[c] - q[c]);
            }
        }

        return temperature * temperature * total / anchors.Length;
    }

    private static double[] LogSoftmax(double[] x)
    {
        var largest = x.Max();
        var sum = Math.Log(x.Sum(value => Math.Exp(value - largest)));
        return [.. x.Select(value => value - largest - sum)];
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] anchors, double[][] positives)
    {
        foreach (var (temperature, normalize) in new[] { (0.01, true), (0.01, false), (1.0, false), (4.0, true) })
        {
            double[][][] candidates = [positives, .. Enumerable.Range(0, 3).Select(c => Cases.Random(anchors.Length, anchors[0].Length, 50 + c))];
            var teacher = Cases.Random(anchors.Length, candidates.Length, 60);
            teacher[0][2] = RuledOut;
            teacher[1] = [RuledOut, 1, RuledOut, RuledOut];
            Agreement.Check(
                $"{name}, temperature {temperature}, normalize {normalize}",
                leaves => new KlDistillationLoss(temperature, normalize).Compute(leaves[0], stack(leaves[1..], dim: 1), Agreement.Leaf(teacher)),
                () => Oracle(anchors, candidates, teacher, temperature, normalize),
                [anchors, .. candidates]);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(2.0)]
    public void Equals_the_batch_mean_of_torchs_divergence_times_the_squared_temperature(double temperature)
    {
        using var scope = NewDisposeScope();
        var (anchors, candidates, teacher) = (randn([6, 4], float64), randn([6, 5, 4], float64), randn([6, 5], float64) * 3);
        var student = (anchors.unsqueeze(1) * candidates).sum(dim: 2); // [6, 5]
        var expected = nn.functional.kl_div((student / temperature).log_softmax(1), (teacher / temperature).softmax(1), log_target: false, reduction: nn.Reduction.Sum) / 6;
        Agreement.CheckValue("torch", temperature * temperature * expected.item<double>(), new KlDistillationLoss(temperature).Compute(anchors, candidates, teacher));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1.0)]
    public void Keeps_its_digits_in_float32_where_student_and_teacher_nearly_agree(double temperature)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (anchors, candidates) = (randn([8, 4], generator: generator), randn([8, 6, 4], generator: generator));
        var student = candidates.bmm(anchors.unsqueeze(2)).squeeze(2); // [8, 6]
        var teacher = student + (temperature * 1e-3 * randn([8, 6], generator: generator));
        var loss = new KlDistillationLoss(temperature).Compute(anchors, candidates, teacher);
        var (p, q) = ((teacher.to(float64) / temperature).log_softmax(1), (student.to(float64) / temperature).log_softmax(1));
        var expected = temperature * temperature * (p.exp() * (p - q)).sum(dim: 1).mean().item<double>();
        Assert.Equal(float32, loss.dtype);
        Assert.InRange(expected, 1e-13, 1e-6);
        Assert.Equal(1, loss.item<float>() / expected, 1e-5);
    }

    [Fact]
    public void Is_zero_where_the_scores_are_the_teachers_up_to_a_constant_and_finite_where_they_are_far_apart()
    {
        using var scope = NewDisposeScope();
        var (anchors, candidates) = (randn(5, 4).requires_grad_(), randn(5, 3, 4));
        var student = candidates.bmm(anchors.detach().unsqueeze(2)).squeeze(2); // [5, 3]
        Assert.Equal(0, new KlDistillationLoss().Compute(anchors, candidates, student + (randn(5, 1) * 9)).item<float>(), 1e-6);

        var loss = new KlDistillationLoss(0.01).Compute(anchors, candidates, randn(5, 3) * 1e4);
        loss.backward();
        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.True(anchors.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void A_candidate_that_the_teacher_rules_out_is_pushed_away()
    {
        using var scope = NewDisposeScope();
        var anchors = tensor(new float[,] { { 1, 0 } });
        var candidates = tensor(new float[,,] { { { 1, 0 }, { 1, 0 }, { 1, 0 } } }).requires_grad_();
        new KlDistillationLoss().Compute(anchors, candidates, tensor(new[,] { { 2, 2, float.NegativeInfinity } })).backward();
        var gradient = candidates.grad!.select(2, 0).data<float>().ToArray(); // of the scores: q − p
        Assert.Equal(-1 / 6.0, gradient[0], 1e-6);
        Assert.Equal(-1 / 6.0, gradient[1], 1e-6);
        Assert.Equal(1 / 3.0, gradient[2], 1e-6);
    }

    [Fact]
    public void Refuses_scores_that_are_no_distribution()
    {
        using var scope = NewDisposeScope();
        Tensor Scores(float first, float second) => tensor(new[,] { { first, second }, { 0, 0 } });
        void Refused(string because, Tensor scores) => BadInput.Refused(because, () => new KlDistillationLoss().Compute(ones(2, 3), ones(2, 2, 3), scores));
        Refused("nothing but −∞", Scores(float.NegativeInfinity, float.NegativeInfinity));
        Refused("teacherScores holds NaN", Scores(float.PositiveInfinity, 0));
        Refused("teacherScores holds NaN", Scores(float.NaN, float.NegativeInfinity));
        BadInput.Refused("temperature is 0", () => _ = new KlDistillationLoss(0));
    }
}
