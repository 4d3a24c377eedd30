using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Limited-memory BFGS with a backtracking line search (Nocedal and Wright 2006, algorithms 7.4 and 3.1), for smooth convex objectives:
/// each step lowers the value, and there is no step size to choose.
/// </summary>
internal static class Lbfgs
{
    private const int History = 10;
    private const int MostHalvings = 30;
    private const double SufficientDecrease = 1e-4;

    public static (Tensor Solution, double Value, int Steps) Minimize(
        Tensor start, Func<Tensor, (double Value, Tensor Gradient)> objective, int iterations, double tolerance)
    {
        using var scope = NewDisposeScope();
        var point = start.clone();
        var (value, gradient) = objective(point);
        var memory = new LinkedList<(Tensor Step, Tensor Change, double Curvature)>();
        var steps = 0;
        while (steps < iterations && gradient.abs().max().to(float64).item<double>() is var size && size > tolerance)
        {
            using var iteration = NewDisposeScope();
            var direction = Direction(gradient, memory);
            var found = Search(point, value, direction, Dot(direction, gradient), memory.Count == 0 ? Math.Min(1, 1 / size) : 1, objective);
            if (found is not var (nextPoint, nextValue, nextGradient))
                break; // at the limit of floating-point precision

            var (step, change) = (nextPoint - point, nextGradient - gradient);
            if (Dot(step, change) is var curvature && curvature > 1e-12 * Dot(change, change))
                Remember(memory, step.MoveToOuterDisposeScope(), change.MoveToOuterDisposeScope(), curvature);
            point.Dispose();
            gradient.Dispose();
            (point, value, gradient) = (nextPoint.MoveToOuterDisposeScope(), nextValue, nextGradient.MoveToOuterDisposeScope());
            steps++;
        }

        return (point.MoveToOuterDisposeScope(), value, steps);
    }

    /// <summary>Minus the inverse Hessian, estimated from the last steps, times the gradient (two-loop recursion).</summary>
    private static Tensor Direction(Tensor gradient, LinkedList<(Tensor Step, Tensor Change, double Curvature)> memory)
    {
        var direction = gradient.neg();
        var weights = new Stack<double>();
        for (var entry = memory.Last; entry is not null; entry = entry.Previous)
        {
            var (step, change, curvature) = entry.Value;
            var weight = Dot(step, direction) / curvature;
            weights.Push(weight);
            direction.add_(change, alpha: -weight);
        }

        if (memory.Last is { Value: var (_, lastChange, lastCurvature) })
            direction.mul_(lastCurvature / Dot(lastChange, lastChange));
        foreach (var (step, change, curvature) in memory)
            direction.add_(step, alpha: weights.Pop() - (Dot(change, direction) / curvature));
        return direction;
    }

    private static (Tensor Point, double Value, Tensor Gradient)? Search(
        Tensor point, double value, Tensor direction, double slope, double length, Func<Tensor, (double Value, Tensor Gradient)> objective)
    {
        for (var halvings = 0; halvings < MostHalvings; halvings++, length /= 2)
        {
            var next = point.add(direction, alpha: length);
            var (nextValue, gradient) = objective(next);
            if (nextValue < value && nextValue <= value + (SufficientDecrease * length * slope))
                return (next, nextValue, gradient);
        }

        return null;
    }

    private static void Remember(LinkedList<(Tensor Step, Tensor Change, double Curvature)> memory, Tensor step, Tensor change, double curvature)
    {
        memory.AddLast((step, change, curvature));
        if (memory.Count <= History)
            return;
        memory.First!.Value.Step.Dispose();
        memory.First.Value.Change.Dispose();
        memory.RemoveFirst();
    }

    private static double Dot(Tensor first, Tensor second)
    {
        using var scope = NewDisposeScope();
        return (first * second).sum(ScalarType.Float64).item<double>();
    }
}
