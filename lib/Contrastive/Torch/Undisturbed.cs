using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// Looks at a network without changing it. In training mode even a forward pass changes something: batch norm's running statistics move,
/// and with them what the network later computes in evaluation mode.
/// </summary>
public static class Undisturbed
{
    /// <summary>
    /// Runs a measurement without gradient, with the module in the mode in which it is. Afterward the buffers, such as running statistics,
    /// are put back, and all weights and buffers are compared with what they were before.
    /// </summary>
    /// <param name="module">The network that is looked at, with all that the measurement runs.</param>
    /// <param name="measure">The measurement; tensors that it returns belong to the caller's dispose scope.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="InvalidOperationException">The measurement changed a weight, or a buffer's shape.</exception>
    public static T Measure<T>(nn.Module module, Func<T> measure)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(measure);
        using var noGradient = no_grad();
        var before = Copies(module);
        try
        {
            var measured = measure();
            PutBack(module, before);
            Check(module, before);
            return measured;
        }
        catch
        {
            PutBack(module, before);
            throw;
        }
        finally
        {
            foreach (var copy in before.Values)
                copy.Dispose();
        }
    }

    private static Dictionary<string, Tensor> Copies(nn.Module module) =>
        module.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal);

    private static void PutBack(nn.Module module, Dictionary<string, Tensor> before)
    {
        foreach (var (name, buffer) in module.named_buffers())
        {
            if (before.TryGetValue(name, out var value) && value.shape.SequenceEqual(buffer.shape))
                buffer.copy_(value);
        }
    }

    private static void Check(nn.Module module, Dictionary<string, Tensor> before)
    {
        using var scope = NewDisposeScope();
        var changed = module.state_dict().Where(entry => !Same(entry.Value, before[entry.Key])).Select(entry => entry.Key).FirstOrDefault();
        if (changed is not null)
            throw new InvalidOperationException($"The measurement changed '{changed}' of {module.GetName()}: a measurement must not train; leave out what steps or loads weights.");
    }

    // Also where both are NaN, which equal() takes for different.
    private static bool Same(Tensor now, Tensor before) => now.shape.SequenceEqual(before.shape) && now.allclose(before, rtol: 0, atol: 0, equal_nan: true);
}
